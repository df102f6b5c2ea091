package org.ekicho.mirror.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ekicho.mirror.metadata.GoldenMetadata.in;
import static org.ekicho.mirror.metadata.GoldenMetadata.open;
import static org.ekicho.mirror.metadata.GoldenMetadata.value;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ekicho.mirror.closure.Capabilities;
import org.ekicho.mirror.metadata.CompsReader;
import org.ekicho.mirror.metadata.FilesReader;
import org.ekicho.mirror.metadata.GoldenMetadata;
import org.ekicho.mirror.metadata.PackageTable;
import org.ekicho.mirror.metadata.PrimaryReader;
import org.ekicho.mirror.settings.Selection;
import org.ekicho.mirror.settings.Selection.Closure;
import org.ekicho.mirror.settings.Selection.Versions;
import org.junit.jupiter.api.Test;

class SelectorTest {
    private static final Set<String> ANY_ARCH = Set.of();

    @Test
    void everything_is_everything() throws IOException {
        Selected selected = select(Selection.ALL);
        assertThat(selected.scope()).isEqualTo(Selected.Scope.ALL);
        assertThat(selected.indexes().cardinality()).isEqualTo(7);
    }

    @Test
    void newest_only_counts_module_packages_within_their_stream() throws IOException {
        Selected selected = select(selection(Versions.NEWEST, ANY_ARCH, List.of(), List.of(), List.of(), Closure.NONE));
        assertThat(names(selected))
                .containsExactlyInAnyOrder(
                        "alpha-1.10-1.noarch",
                        "beta-1:2.0~rc1-3.x86_64",
                        "gamma-3-1.noarch",
                        "delta-4^git1-1.noarch",
                        "epsilon-5-1.module.noarch",
                        "epsilon-6-1.module.noarch");
        assertThat(selected.streams())
                .containsExactlyInAnyOrder("five:5:8010:1a2b3c4d:noarch", "five:6:10010:5e6f7a8b:noarch");
    }

    @Test
    void newest_only_without_modules_counts_by_name() throws IOException {
        PackageTable table = GoldenMetadata.primary().packages();
        Selected selected = Selector.select(
                table,
                selection(Versions.NEWEST, ANY_ARCH, List.of(), List.of(), List.of(), Closure.NONE),
                Selector.Offer.PACKAGES_ONLY);
        assertThat(names(selected)).contains("epsilon-6-1.module.noarch").doesNotContain("epsilon-5-1.module.noarch");
    }

    @Test
    void patterns_and_architectures_narrow() throws IOException {
        assertThat(names(select(
                        selection(Versions.ALL, Set.of("x86_64"), List.of(), List.of(), List.of(), Closure.NONE))))
                .containsExactly("beta-1:2.0~rc1-3.x86_64");
        assertThat(names(select(selection(
                        Versions.ALL,
                        ANY_ARCH,
                        List.of("[a-b]*", "gamma"),
                        List.of("alpha-1.0*"),
                        List.of(),
                        Closure.NONE))))
                .containsExactlyInAnyOrder("alpha-1.10-1.noarch", "beta-1:2.0~rc1-3.x86_64", "gamma-3-1.noarch");
        assertThat(names(select(selection(
                        Versions.ALL,
                        ANY_ARCH,
                        List.of("alpha-0:1.0-1.noarch", "d?lta.noarch"),
                        List.of(),
                        List.of(),
                        Closure.NONE))))
                .containsExactlyInAnyOrder("alpha-1.0-1.noarch", "delta-4^git1-1.noarch");
    }

    @Test
    void what_is_required_comes_along_and_what_is_missing_is_told() throws IOException {
        Selected selected = select(selection(
                Versions.NEWEST, ANY_ARCH, List.of(), List.of(), List.of("alpha", "nowhere*"), Closure.DEPENDENCIES));
        // alpha requires beta, gamma or delta, and a path of delta; gamma would be preferred if delta were not needed.
        assertThat(names(selected)).contains("alpha-1.10-1.noarch", "beta-1:2.0~rc1-3.x86_64", "delta-4^git1-1.noarch");
        assertThat(selected.unresolved()).contains(new Selected.Unresolved("nowhere*", ""));
        Selected gamma = select(
                selection(Versions.NEWEST, ANY_ARCH, List.of(), List.of(), List.of("gamma"), Closure.DEPENDENCIES));
        assertThat(names(gamma)).containsExactlyInAnyOrder("gamma-3-1.noarch", "beta-1:2.0~rc1-3.x86_64");
        assertThat(gamma.unresolved())
                .containsExactly(new Selected.Unresolved("libmissing.so.1()(64bit)", "gamma-3-1.noarch"));
    }

    @Test
    void an_older_version_comes_along_where_only_it_is_what_is_required() throws IOException {
        String text = new String(GoldenMetadata.bytes("primary.xml"), StandardCharsets.UTF_8)
                .replace(
                        "<rpm:entry name=\"libmissing.so.1()(64bit)\"/>",
                        "<rpm:entry name=\"alpha\" flags=\"LT\" epoch=\"0\" ver=\"1.5\"/>");
        PackageTable table = value(PrimaryReader.readTable(in(text))).packages();
        Capabilities capabilities = Capabilities.of(table);
        value(PrimaryReader.read(in(text), capabilities.packages()));
        Selected selected = Selector.select(
                table,
                selection(Versions.NEWEST, ANY_ARCH, List.of(), List.of(), List.of("gamma"), Closure.DEPENDENCIES),
                new Selector.Offer(List.of(), Optional.empty(), Optional.of(capabilities)));
        assertThat(names(selected)).contains("alpha-1.0-1.noarch").doesNotContain("alpha-1.10-1.noarch");
    }

    @Test
    void a_group_means_its_mandatory_and_default_packages() throws IOException {
        for (String group : List.of("@core", "@Core", "@^minimal", "@minimal")) {
            Selected selected =
                    select(selection(Versions.NEWEST, ANY_ARCH, List.of(), List.of(), List.of(group), Closure.NONE));
            assertThat(names(selected))
                    .as(group)
                    .containsExactlyInAnyOrder("alpha-1.10-1.noarch", "delta-4^git1-1.noarch");
        }
        assertThat(select(selection(Versions.ALL, ANY_ARCH, List.of(), List.of(), List.of("@none"), Closure.NONE))
                        .unresolved())
                .containsExactly(new Selected.Unresolved("@none", ""));
    }

    private static Selection selection(
            Versions versions,
            Set<String> archs,
            List<String> include,
            List<String> exclude,
            List<String> packages,
            Closure closure) {
        return new Selection(versions, archs, include, exclude, packages, closure);
    }

    private static Selected select(Selection selection) throws IOException {
        PackageTable table = GoldenMetadata.primary().packages();
        Capabilities capabilities = Capabilities.of(table);
        value(PrimaryReader.read(open("primary.xml"), capabilities.packages()));
        assertThat(capabilities.needsFileLists()).isTrue();
        value(FilesReader.read(open("filelists.xml"), capabilities.files()));
        return Selector.select(
                table,
                selection,
                new Selector.Offer(
                        GoldenMetadata.modules(),
                        Optional.of(value(CompsReader.read(open("comps.xml")))),
                        Optional.of(capabilities)));
    }

    private static List<String> names(Selected selected) throws IOException {
        PackageTable table = GoldenMetadata.primary().packages();
        return selected.indexes().stream().mapToObj(i -> table.entry(i).nevra()).toList();
    }
}
