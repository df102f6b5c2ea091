package org.ekicho.lab.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The arrows of ARCHITECTURE.md: who may depend on whom.
final class ArrowsTest {
    /// A module and the modules that it may use, those that it sees through others included.
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("wire", Set.of()),
            Map.entry("ntp", Set.of("wire")),
            Map.entry("mirror", Set.of("wire")),
            Map.entry("netboot", Set.of("wire")),
            Map.entry("site", Set.of("wire", "ntp", "mirror", "netboot")),
            Map.entry("host", Set.of("wire")),
            Map.entry("web", Set.of("wire", "mirror", "netboot", "site", "host")),
            Map.entry("daemon", Set.of("wire", "ntp", "mirror", "netboot", "site", "host", "web")),
            Map.entry("cli", Set.of("wire", "ntp", "mirror", "netboot", "site", "host", "web", "daemon")),
            Map.entry("sim", Set.of("wire", "ntp", "mirror", "netboot", "site")),
            Map.entry("bench", Set.of("wire", "ntp", "mirror", "netboot", "site", "host", "web", "daemon", "cli")));

    @Test
    void never_against_the_arrows() {
        Set<String> modules = new TreeSet<>();
        for (JavaClass type : Code.PROGRAM) modules.add(moduleOf(type));
        assertThat(MAY_USE.keySet()).as("modules whose arrows are drawn").containsAll(modules);
        for (String module : modules) {
            Set<String> allowed = MAY_USE.getOrDefault(module, Set.of());
            noClasses()
                    .that()
                    .resideInAPackage("org.ekicho." + module + "..")
                    .should()
                    .dependOnClassesThat(describe(
                            "are in a module that " + module + " may not use",
                            type -> type.getPackageName().startsWith("org.ekicho.")
                                    && !moduleOf(type).equals(module)
                                    && !allowed.contains(moduleOf(type))))
                    .check(Code.PROGRAM);
        }
    }

    @Test
    void never_a_cycle_of_packages() {
        slices().matching("org.ekicho.(**)").should().beFreeOfCycles().check(Code.PROGRAM);
    }

    private static String moduleOf(JavaClass type) {
        String inside = type.getPackageName().substring("org.ekicho.".length());
        int dot = inside.indexOf('.');
        return dot < 0 ? inside : inside.substring(0, dot);
    }
}
