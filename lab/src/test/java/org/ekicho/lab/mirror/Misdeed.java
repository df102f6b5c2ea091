package org.ekicho.lab.mirror;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.ekicho.lab.mirror.WebRepo.Pkg;
import org.ekicho.mirror.codec.Codec;

/// What an upstream does to one repository, and the words by which an operator learns of it.
///
/// @param repo   the repository's name, which says what is wrong
/// @param state  what it offers then
/// @param does   beside that
/// @param words  the sentence has all of them
record Misdeed(String repo, WebRepo state, Consumer<BadUpstream> does, List<String> words) {
    private static final int SECOND = 2;
    private static final String PKG = ".rpm";
    private static final int MEGABYTE = 1 << 20;

    /// Those of a server, whose repository itself is good.
    static List<Misdeed> ofServers() {
        List<Misdeed> all = new ArrayList<>();
        all.add(server("closes", PKG, BadUpstream.closesAtOnce(), "could not be fetched"));
        all.add(server("truncates", PKG, BadUpstream.half(), "its size is not what the metadata says"));
        all.add(server("garbage", PKG, BadUpstream.garbage(), "its checksum is not what the metadata says"));
        all.add(server("login", PKG, BadUpstream.loginPage(), "is a web page", "error page of a proxy"));
        all.add(server("login-root", "repomd.xml", BadUpstream.loginPage(), "error page of a proxy"));
        all.add(server("garbage-root", "repomd.xml", BadUpstream.garbage(), "breaks its format"));
        all.add(server("endless-root", "repomd.xml", BadUpstream.endless(), "larger than the limit"));
        all.add(server("garbage-primary", "primary.xml.gz", BadUpstream.garbage(), "checksum"));
        all.add(server("lacks-primary", "primary.xml.gz", BadUpstream.status(404), "no mirror of the list has it"));
        all.add(server("lacks", PKG, BadUpstream.status(404), "no mirror of the list has it"));
        all.add(server("broken", PKG, BadUpstream.status(500), "could not be fetched"));
        all.add(server("changes", "repomd.xml", BadUpstream.anotherEachTime(), "has another repomd.xml by now"));
        return all;
    }

    /// Those of metadata.
    static List<Misdeed> ofMetadata() {
        List<Misdeed> all = new ArrayList<>();
        all.add(packages("wrong-size", "its size is not", pkg("a").saying("package=\"20000\"", "package=\"20001\"")));
        all.add(packages("huge-size", "", pkg("a").saying("package=\"20000\"", "package=\"9223372036854775808\"")));
        all.add(packages("large-size", "", pkg("a").saying("package=\"20000\"", "package=\"9223372036854775807\"")));
        all.add(packages("up", "no plain path", href("../../etc/cron.d/evil.rpm")));
        all.add(packages("up-encoded", "no plain path", href("%2e%2e/%2e%2e/evil.rpm")));
        all.add(packages("absolute", "no plain path", href("/etc/evil.rpm")));
        all.add(packages("other-host", "no plain path", href("//other.example/evil.rpm")));
        all.add(packages("over-repomd", "no plain path", href("repodata/repomd.xml")));
        all.add(packages("over-another", "another package", pkg("a"), pkg("b").saying(place("b"), place("a"))));
        all.add(packages(
                "elsewhere",
                "excludepkgs=a",
                pkg("a").saying("<location ", "<location xml:base=\"http://other.example/\" ")));
        all.add(state(
                "record-up",
                WebRepo.of("a", SECOND).saying("href=\"repodata/", "href=\"repodata/../../../"),
                "no plain path"));
        all.add(state(
                "entities",
                WebRepo.withPrimary(SECOND, WebRepo.packed(Codec.GZ, entityBomb()), entityBomb().length, Codec.GZ),
                "declares XML entities"));
        all.add(state("no-xml", primary(Codec.GZ, "not xml at all", 14), "not what its name says"));
        all.add(state(
                "gz-bomb", WebRepo.withPrimary(SECOND, bomb(Codec.GZ), 4_096, Codec.GZ), "it opens to more than"));
        all.add(state(
                "zst-bomb", WebRepo.withPrimary(SECOND, bomb(Codec.ZSTD), 4_096, Codec.ZSTD), "it opens to more than"));
        all.add(state(
                "long-attribute",
                WebRepo.withPrimary(SECOND, longAttribute(), 200L * MEGABYTE + 1_000, Codec.GZ),
                "larger than the limit"));
        return all;
    }

    private static Misdeed server(String repo, String end, BadUpstream.Fault fault, String... words) {
        return new Misdeed(
                repo, WebRepo.of(repo, SECOND), upstream -> upstream.fails(repo, end, fault), List.of(words));
    }

    private static Misdeed packages(String repo, String words, Pkg... packages) {
        return state(repo, WebRepo.of(SECOND, packages), words);
    }

    private static Misdeed state(String repo, WebRepo state, String words) {
        return new Misdeed(repo, state, upstream -> {}, List.of(words));
    }

    private static Pkg pkg(String name) {
        return Pkg.of(name, SECOND);
    }

    private static Pkg href(String href) {
        return pkg("a").saying(place("a"), href);
    }

    private static String place(String name) {
        return pkg(name).href();
    }

    private static WebRepo primary(Codec codec, String text, long openSize) {
        return WebRepo.withPrimary(
                SECOND, WebRepo.packed(codec, text.getBytes(StandardCharsets.UTF_8)), openSize, codec);
    }

    private static byte[] entityBomb() {
        StringBuilder text =
                new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE metadata [<!ENTITY a \"aaaaaaaaaa\">");
        for (char c = 'b'; c < 'p'; c++) {
            String before = "&" + (char) (c - 1) + ";";
            text.append("<!ENTITY ")
                    .append(c)
                    .append(" \"")
                    .append(before.repeat(10))
                    .append("\">");
        }
        return text.append("]>\n<metadata packages=\"1\">&o;</metadata>")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /// 4 GB of blanks inside of one element: members of one file, as gzip and zstd allow them.
    private static byte[] bomb(Codec codec) {
        byte[] blank = new byte[16 * MEGABYTE];
        Arrays.fill(blank, (byte) ' ');
        return members(codec, "<metadata packages=\"0\">", blank, 256, "</metadata>");
    }

    private static byte[] longAttribute() {
        byte[] letters = new byte[10 * MEGABYTE];
        Arrays.fill(letters, (byte) 'a');
        return members(Codec.GZ, "<metadata packages=\"1\"><package type=\"", letters, 20, "\"/></metadata>");
    }

    private static byte[] members(Codec codec, String head, byte[] middle, int times, String end) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(WebRepo.packed(codec, head.getBytes(StandardCharsets.UTF_8)));
        byte[] packed = WebRepo.packed(codec, middle);
        for (int i = 0; i < times; i++) {
            all.writeBytes(packed);
        }
        all.writeBytes(WebRepo.packed(codec, end.getBytes(StandardCharsets.UTF_8)));
        return all.toByteArray();
    }
}
