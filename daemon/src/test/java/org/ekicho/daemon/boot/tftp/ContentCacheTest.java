package org.ekicho.daemon.boot.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.ekicho.host.net.SharedBytes;
import org.ekicho.netboot.tftp.BootFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentCacheTest {
    @TempDir
    private Path folder = Path.of("");

    private BootFile file(String name, int size) throws IOException {
        Path path = Files.write(folder.resolve(name), new byte[size]);
        return new BootFile(name, size, path.toString());
    }

    @Test
    void a_file_is_opened_once_for_all_and_anew_when_it_was_replaced() throws IOException {
        List<String> opened = new ArrayList<>();
        try (ContentCache cache = new ContentCache(wanted -> {
            opened.add(wanted.name());
            return ContentCache.fromDisk(wanted);
        })) {
            BootFile file = file("kernel", 10);
            ContentCache.Lent first = cache.lend(file);
            ContentCache.Lent second = cache.lend(file);
            assertThat(second).isSameAs(first);
            Files.write(folder.resolve("new"), new byte[10]);
            Files.move(folder.resolve("new"), folder.resolve("kernel"), StandardCopyOption.REPLACE_EXISTING);
            ContentCache.Lent third = cache.lend(file);
            assertThat(third).isNotSameAs(first);
            assertThat(opened).hasSize(2);
            cache.giveBack(first);
            assertThat(first.bytes().size()).isEqualTo(10);
            cache.giveBack(second);
            cache.giveBack(third);
        }
    }

    @Test
    void what_is_in_memory_is_asked_for_each_time() throws IOException {
        byte[] content = {1};
        try (ContentCache cache = new ContentCache(wanted -> SharedBytes.of(content))) {
            BootFile file = new BootFile("script", 1, "of\0machine");
            ContentCache.Lent first = cache.lend(file);
            ContentCache.Lent second = cache.lend(file);
            assertThat(second).isNotSameAs(first);
            cache.giveBack(first);
            cache.giveBack(second);
            assertThat(cache.size()).isZero();
        }
    }

    @Test
    void few_files_stay_open() throws IOException {
        try (ContentCache cache = new ContentCache(ContentCache::fromDisk)) {
            for (int i = 0; i < 100; i++) cache.giveBack(cache.lend(file("f" + i, i)));
            assertThat(cache.size()).isEqualTo(32);
        }
    }

    @Test
    void a_file_of_another_size_than_the_index_has_is_refused() throws IOException {
        BootFile file = file("kernel", 10);
        Files.write(folder.resolve("kernel"), new byte[11]);
        try (ContentCache cache = new ContentCache(ContentCache::fromDisk)) {
            assertThatIOException().isThrownBy(() -> cache.lend(file)).withMessageContaining("11 bytes now, 10");
        }
    }
}
