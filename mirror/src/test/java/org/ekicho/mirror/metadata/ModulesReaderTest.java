package org.ekicho.mirror.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ekicho.mirror.metadata.GoldenMetadata.in;
import static org.ekicho.mirror.metadata.GoldenMetadata.refusal;
import static org.ekicho.mirror.metadata.GoldenMetadata.value;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.xml.Endless;
import org.junit.jupiter.api.Test;

class ModulesReaderTest {
    @Test
    void reads_documents_of_every_kind() throws IOException {
        List<ModuleDocument> documents = GoldenMetadata.modules();
        assertThat(documents)
                .extracting(ModuleDocument::kind)
                .containsExactly(
                        ModuleDocument.Kind.MODULE,
                        ModuleDocument.Kind.MODULE,
                        ModuleDocument.Kind.MODULE,
                        ModuleDocument.Kind.DEFAULTS,
                        ModuleDocument.Kind.OBSOLETES);
        assertThat(documents)
                .extracting(ModuleDocument::nsvca)
                .startsWith(
                        "five:5:8010:1a2b3c4d:noarch", "five:6:9010:5e6f7a8b:noarch", "five:6:10010:5e6f7a8b:noarch");
        assertThat(documents.get(0).artifacts()).containsExactly("epsilon-0:5-1.module.noarch");
        assertThat(documents.get(1).artifacts()).isEmpty();
        assertThat(documents.get(2).artifacts()).containsExactly("epsilon-0:6-1.module.noarch", "absent-0:1-1.noarch");
        assertThat(documents.get(4).nameStream()).isEqualTo("other:1");
    }

    @Test
    void keeps_every_letter() throws IOException {
        StringBuilder all = new StringBuilder();
        GoldenMetadata.modules().forEach(document -> all.append(document.text()));
        assertThat(all.toString()).isEqualTo(new String(GoldenMetadata.bytes("modules.yaml"), StandardCharsets.UTF_8));
    }

    @Test
    void reads_documents_without_markers_of_their_end() throws IOException {
        List<ModuleDocument> documents = new ArrayList<>();
        String one = "document: modulemd\nversion: 2\ndata:\n  name: a\n  stream: b\n";
        value(ModulesReader.read(in(one + "---\n" + one + "---\n---\n" + one + "...\n\n"), documents::add));
        assertThat(documents).extracting(ModuleDocument::nameStream).containsExactly("a:b", "a:b", "a:b");
    }

    @Test
    void refuses_what_is_no_module() throws IOException {
        assertThat(refuse("<html>\n")).isEqualTo(MirrorReason.NOT_WHAT_IT_SHOULD_BE);
        assertThat(refuse("{\"document\": \"modulemd\"}")).isEqualTo(MirrorReason.MALFORMED);
        assertThat(refuse("document: modulemd\ndata:\n  stream: 1\n")).isEqualTo(MirrorReason.MALFORMED);
        assertThat(refuse("document: modulemd\ndata:\n  name: a\n  artifacts:\n    rpms:\n    - *bomb\n"))
                .isEqualTo(MirrorReason.MALFORMED);
        assertThat(refuse("document: modulemd\ndata:\n  name: a\n  name: b\n")).isEqualTo(MirrorReason.MALFORMED);
    }

    @Test
    void refuses_the_endless() throws IOException {
        assertThat(refusal(ModulesReader.read(new Endless("document: ", "a"), d -> {}))
                        .reason())
                .isEqualTo(MirrorReason.TOO_LARGE);
        assertThat(refusal(ModulesReader.read(new Endless("document: modulemd\n", "x: [a]\n"), d -> {}))
                        .reason())
                .isEqualTo(MirrorReason.TOO_LARGE);
        assertThat(refusal(ModulesReader.read(new Endless("", "document: modulemd\ndata:\n  name: a\n---\n"), d -> {}))
                        .reason())
                .isEqualTo(MirrorReason.TOO_LARGE);
    }

    private static MirrorReason refuse(String text) throws IOException {
        return refusal(ModulesReader.read(in(text), document -> {})).reason();
    }
}
