package org.ekicho.daemon.mirror.sync;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

/// A repository in memory: packages of random bytes, metadata that fits.
final class PretendRepo {
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private PretendRepo() {}

    /// A package.
    ///
    /// @param requires names of others
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Item(String name, String version, byte[] content, List<String> requires) {
        String path() {
            return "Packages/" + name + "-" + version + "-1.x86_64.rpm";
        }
    }

    /// @param revision also the time of its records
    /// @param versions version of each package, by name
    static PretendRepo of(long revision, Map<String, List<String>> versions, int packageBytes) {
        List<Item> items = new ArrayList<>();
        new java.util.TreeMap<>(versions).forEach((name, all) -> {
            for (String version : all) {
                items.add(new Item(name, version, content(name + version, packageBytes), List.of()));
            }
        });
        return of(revision, items);
    }

    /// @param revision also the time of its records
    static PretendRepo of(long revision, List<Item> items) {
        return of(revision, items, OptionalLong.empty());
    }

    /// One package that is said to have another length than it has.
    static PretendRepo claiming(long revision, Item item, long bytes) {
        return of(revision, List.of(item), OptionalLong.of(bytes));
    }

    private static PretendRepo of(long revision, List<Item> items, OptionalLong claimedBytes) {
        PretendRepo repo = new PretendRepo();
        StringBuilder primary = new StringBuilder();
        StringBuilder others = new StringBuilder();
        int count = items.size();
        for (Item item : items) {
            repo.files.put(item.path(), item.content());
            primary.append(element(item, claimedBytes.orElse(item.content().length)));
            others.append("<package pkgid=\"").append(Digests.sha256(item.content()));
            others.append("\" name=\"").append(item.name());
            others.append("\" arch=\"x86_64\"><version epoch=\"0\" ver=\"").append(item.version());
            others.append("\" rel=\"1\"/></package>\n");
        }
        List<RepomdRecord> records = new ArrayList<>();
        records.add(repo.record(
                "primary",
                revision,
                "<metadata xmlns=\"http://linux.duke.edu/metadata/common\""
                        + " xmlns:rpm=\"http://linux.duke.edu/metadata/rpm\" packages=\"" + count + "\">\n" + primary
                        + "</metadata>"));
        records.add(repo.record(
                "filelists",
                revision,
                "<filelists xmlns=\"http://linux.duke.edu/metadata/filelists\"" + " packages=\"" + count + "\">\n"
                        + others + "</filelists>"));
        records.add(repo.record(
                "other",
                revision,
                "<otherdata xmlns=\"http://linux.duke.edu/metadata/other\"" + " packages=\"" + count + "\">\n" + others
                        + "</otherdata>"));
        records.add(repo.record("productid", revision, "kept as it is"));
        repo.files.put(
                "repodata/repomd.xml", RepomdWriter.write(new Repomd(Long.toString(revision), List.of(), records)));
        return repo;
    }

    Map<String, byte[]> files() {
        return files;
    }

    PretendRepo with(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    byte[] file(String path) {
        return Optional.ofNullable(files.get(path)).orElseThrow();
    }

    static byte[] content(String seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed.hashCode()).nextBytes(bytes);
        return bytes;
    }

    private static String element(Item item, long bytes) {
        StringBuilder requires = new StringBuilder();
        item.requires()
                .forEach(name ->
                        requires.append("<rpm:entry name=\"").append(name).append("\"/>"));
        return "<package type=\"rpm\"><name>" + item.name() + "</name><arch>x86_64</arch><version epoch=\"0\" ver=\""
                + item.version() + "\" rel=\"1\"/><checksum type=\"sha256\" pkgid=\"YES\">"
                + Digests.sha256(item.content())
                + "</checksum><summary>s</summary><description>d</description><packager/><url/>"
                + "<time file=\"1700000000\" build=\"1700000000\"/><size package=\"" + bytes
                + "\" installed=\"1\" archive=\"1\"/><location href=\"" + item.path()
                + "\"/><format><rpm:license>x</rpm:license>"
                + "<rpm:header-range start=\"100\" end=\"200\"/><rpm:provides><rpm:entry name=\"" + item.name()
                + "\" flags=\"EQ\" epoch=\"0\" ver=\"" + item.version() + "\" rel=\"1\"/></rpm:provides>"
                + (requires.isEmpty() ? "" : "<rpm:requires>" + requires + "</rpm:requires>")
                + "</format></package>\n";
    }

    private RepomdRecord record(String type, long time, String text) {
        byte[] open = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = Codec.GZ.compressing(packed)) {
            out.write(open);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Checksum sum = new Checksum(HashType.SHA256, Digests.sha256(packed.toByteArray()));
        String path = "repodata/" + sum.hex() + "-" + type + ".xml.gz";
        files.put(path, packed.toByteArray());
        return new RepomdRecord(
                type,
                path,
                sum,
                Optional.of(new Checksum(HashType.SHA256, Digests.sha256(open))),
                Optional.empty(),
                time,
                OptionalLong.of(packed.size()),
                OptionalLong.of(open.length),
                OptionalLong.empty(),
                OptionalInt.empty());
    }
}
