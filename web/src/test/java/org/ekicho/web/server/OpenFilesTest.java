package org.ekicho.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ekicho.web.files.Content;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFilesTest {
    @TempDir
    Path given;

    private Path folder;
    private final OpenFiles files = new OpenFiles();

    @BeforeEach
    void real() throws IOException {
        folder = given.toRealPath();
    }

    private Content content(String name, Content.Lifetime lifetime) throws IOException {
        Path file = folder.resolve(name);
        if (Files.notExists(file)) {
            Files.writeString(file, name);
        }
        return new Content(file, name.length(), 0, "\"" + name + "\"", lifetime, null);
    }

    @Test
    void a_file_that_never_changes_is_opened_once_for_many_answers() throws IOException {
        Content content = content("p.rpm", Content.Lifetime.FOR_EVER);
        OpenFiles.Shared first = files.use(content);
        OpenFiles.Shared second = files.use(content);
        assertThat(second.channel()).isSameAs(first.channel());
        first.release(0);
        files.sweep(OpenFiles.IDLE_NANOS * 2);
        assertThat(second.channel().isOpen())
                .as("an answer is being sent from it")
                .isTrue();
        second.release(0);
        files.sweep(OpenFiles.IDLE_NANOS);
        assertThat(second.channel().isOpen()).as("it was used a moment ago").isTrue();
        files.sweep(OpenFiles.IDLE_NANOS + 1);
        assertThat(second.channel().isOpen()).isFalse();
        assertThat(files.size()).isZero();
    }

    @Test
    void a_file_that_may_change_is_opened_for_one_answer() throws IOException {
        Content content = content("key", Content.Lifetime.UNTIL_IT_CHANGES);
        OpenFiles.Shared first = files.use(content);
        OpenFiles.Shared second = files.use(content);
        assertThat(second.channel()).isNotSameAs(first.channel());
        first.release(0);
        assertThat(first.channel().isOpen()).isFalse();
        assertThat(second.channel().isOpen()).isTrue();
        second.release(0);
        assertThat(files.size()).isZero();
    }

    @Test
    void no_more_are_kept_than_the_limit_and_one_in_use_is_closed_after_its_use() throws IOException {
        OpenFiles.Shared used = files.use(content("used", Content.Lifetime.FOR_EVER));
        OpenFiles.Shared unused = files.use(content("unused", Content.Lifetime.FOR_EVER));
        unused.release(0);
        for (int i = 0; i < OpenFiles.MAX_IDLE; i++) {
            files.use(content("p" + i, Content.Lifetime.FOR_EVER)).release(0);
        }
        assertThat(files.size()).isEqualTo(OpenFiles.MAX_IDLE);
        assertThat(unused.channel().isOpen()).isFalse();
        assertThat(used.channel().isOpen()).isTrue();
        used.release(0);
        assertThat(used.channel().isOpen()).isFalse();
    }

    @Test
    void a_link_put_in_the_place_of_a_file_is_not_followed() throws IOException {
        Files.createSymbolicLink(
                folder.resolve("link"),
                content("p.rpm", Content.Lifetime.FOR_EVER).real());
        Content content = content("link", Content.Lifetime.FOR_EVER);
        assertThatThrownBy(() -> files.use(content)).isInstanceOf(IOException.class);
    }
}
