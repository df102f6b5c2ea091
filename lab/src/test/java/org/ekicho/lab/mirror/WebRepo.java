package org.ekicho.lab.mirror;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.ekicho.mirror.codec.Codec;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.repodata.RepomdRecord;
import org.ekicho.mirror.repodata.RepomdWriter;

/// A repository in memory, as a web server would have it: packages of random bytes and metadata that fits, unless it is
/// told otherwise. Its upstream's states are numbered from 1.
final class WebRepo {
    static final String REPOMD = "repodata/repomd.xml";

    /// Of a package that does not say otherwise.
    private static final int PACKAGE_BYTES = 20_000;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    /// One `<package>` of primary.xml and its file.
    ///
    /// @param xml  the element
    /// @param href where the file lies
    /// @param size bytes of the file, which are random and follow from `seed`
    record Pkg(String xml, String href, String seed, int size) {
        static Pkg of(String name, int state) {
            return of(name, state, PACKAGE_BYTES);
        }

        static Pkg of(String name, int state, int size) {
            return at("Packages/" + name + "-" + state + "-1.x86_64.rpm", name, state, name + state, size);
        }

        static Pkg at(String href, String name, int state, String seed, int size) {
            byte[] content = content(seed, size);
            String xml = "<package type=\"rpm\"><name>" + name
                    + "</name><arch>x86_64</arch><version epoch=\"0\" ver=\"" + state
                    + "\" rel=\"1\"/><checksum type=\"sha256\" pkgid=\"YES\">" + sha256(content)
                    + "</checksum><summary>s</summary><description>d</description><packager/><url/>"
                    + "<time file=\"1700000000\" build=\"1700000000\"/><size package=\"" + content.length
                    + "\" installed=\"1\" archive=\"1\"/><location href=\"" + href
                    + "\"/><format><rpm:license>x</rpm:license>"
                    + "<rpm:header-range start=\"100\" end=\"200\"/></format></package>\n";
            return new Pkg(xml, href, seed, size);
        }

        /// The same with other words in its element.
        Pkg saying(String words, String others) {
            if (!xml.contains(words)) throw new IllegalArgumentException("no " + words + " in " + xml);
            return new Pkg(xml.replace(words, others), href, seed, size);
        }
    }

    /// A state that has one package that all states have, and one of its own.
    static WebRepo of(String name, int state) {
        return of(state, Pkg.of("common", 1), Pkg.of(name, state));
    }

    static WebRepo of(int state, Pkg... packages) {
        String primary = "";
        for (Pkg each : packages) {
            primary += each.xml();
        }
        byte[] text = ("<metadata xmlns=\"http://linux.duke.edu/metadata/common\""
                        + " xmlns:rpm=\"http://linux.duke.edu/metadata/rpm\" packages=\"" + packages.length + "\">\n"
                        + primary + "</metadata>")
                .getBytes(StandardCharsets.UTF_8);
        WebRepo repo = withPrimary(state, packed(Codec.GZ, text), text.length, Codec.GZ);
        for (Pkg each : packages) {
            repo.files.put(each.href(), content(each.seed(), each.size()));
        }
        return repo;
    }

    /// A state whose primary.xml is these bytes.
    ///
    /// @param openSize bytes that repomd.xml promises when it is opened
    static WebRepo withPrimary(int state, byte[] packed, long openSize, Codec codec) {
        WebRepo repo = new WebRepo();
        List<RepomdRecord> records = new ArrayList<>();
        records.add(repo.record("primary", state, packed, openSize, codec));
        for (String kind : List.of("filelists", "other")) {
            byte[] text = ("<" + kind + "/>").getBytes(StandardCharsets.UTF_8);
            records.add(repo.record(kind, state, packed(Codec.GZ, text), text.length, Codec.GZ));
        }
        Repomd repomd = new Repomd(Integer.toString(state), List.of(), records);
        repo.files.put(REPOMD, RepomdWriter.write(repomd));
        return repo;
    }

    /// The same with other words in repomd.xml.
    WebRepo saying(String words, String others) {
        String text = new String(file(REPOMD), StandardCharsets.UTF_8);
        if (!text.contains(words)) throw new IllegalArgumentException("no " + words + " in " + text);
        files.put(REPOMD, text.replace(words, others).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Map<String, byte[]> files() {
        return Collections.unmodifiableMap(files);
    }

    byte[] file(String path) {
        return files.getOrDefault(path, new byte[0]);
    }

    static byte[] packed(Codec codec, byte[] open) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = codec.compressing(packed)) {
            out.write(open);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] content(String seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed.hashCode()).nextBytes(bytes);
        return bytes;
    }

    private RepomdRecord record(String type, long time, byte[] packed, long openSize, Codec codec) {
        Checksum sum = new Checksum(HashType.SHA256, sha256(packed));
        String path = "repodata/" + sum.hex() + "-" + type + ".xml" + codec.suffix();
        files.put(path, packed);
        return new RepomdRecord(
                type,
                path,
                sum,
                Optional.empty(),
                Optional.empty(),
                time,
                OptionalLong.of(packed.length),
                OptionalLong.of(openSize),
                OptionalLong.empty(),
                OptionalInt.empty());
    }
}
