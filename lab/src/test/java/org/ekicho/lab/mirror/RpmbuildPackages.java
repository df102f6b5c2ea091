package org.ekicho.lab.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A binary and a source package as rpmbuild of this machine makes them.
final class RpmbuildPackages {
    private static final String SPEC = """
            Name: built
            Epoch: 2
            Version: 3.0~rc1
            Release: 4
            Summary: Built by rpmbuild
            Summary(de): Gebaut von rpmbuild
            License: MIT and <more> & "more"
            URL: https://example.org/?a=b&c=d
            Group: Odds/Ends
            BuildArch: noarch
            Provides: built-alias = 1:2-3
            Requires: sed >= 4, (a or b), /bin/sh
            Requires(pre): shadow
            Requires(post): info >= 1:2
            Requires(preun): gone
            Recommends: rec
            Suggests: sug = 1
            Supplements: (x and y)
            Enhances: enh
            Conflicts: foe < 2:1-1
            Obsoletes: built-old <= 1:2.9

            %description
            Text of several lines,
              with blanks & <markup>.

            %description -l de
            Deutsch.

            %prep
            %build
            %install
            mkdir -p %{buildroot}/etc/built.d %{buildroot}/usr/bin %{buildroot}/var/log
            echo a >%{buildroot}/etc/built.conf
            echo b >'%{buildroot}/usr/bin/with blank'
            echo c >%{buildroot}/usr/bin/ünïcode
            ln -s built.conf %{buildroot}/etc/built.link
            touch %{buildroot}/var/log/built.log

            %pre
            true

            %files
            %dir /etc/built.d
            %config(noreplace) /etc/built.conf
            /etc/built.link
            "/usr/bin/with blank"
            /usr/bin/ünïcode
            %ghost /var/log/built.log

            %changelog
            * Thu Jan 01 2026 Ann <ann@example.org> - 2:3.0~rc1-4
            - new & shiny
            * Thu Jan 01 2026 Bob <bob@example.org> - 2:3.0~rc1-3
            - the same day
            * Mon Dec 01 2025 Cyd <cyd@example.org> - 2:2.9-1
            - old
            """;

    private RpmbuildPackages() {}

    /// Builds them and moves them into a folder.
    static void write(Path folder) throws IOException, InterruptedException {
        Path top = Files.createTempDirectory(folder, "rpmbuild");
        Path spec = Files.writeString(top.resolve("built.spec"), SPEC);
        Process process = new ProcessBuilder("rpmbuild", "-ba", "--define", "_topdir " + top, spec.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        try (Stream<Path> files = Files.walk(top)) {
            List<Path> built =
                    files.filter(file -> file.toString().endsWith(".rpm")).toList();
            assertThat(built).hasSize(2);
            for (Path file : built) Files.move(file, folder.resolve(file.getFileName()));
        }
    }
}
