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

    /// @param revision also the time of its records
    /// @param versions version of each package, by name
    static PretendRepo of(long revision, Map<String, List<String>> versions, int packageBytes) {
        PretendRepo repo = new PretendRepo();
        StringBuilder primary = new StringBuilder();
        StringBuilder others = new StringBuilder();
        int count = 0;
        for (Map.Entry<String, List<String>> entry : new java.util.TreeMap<>(versions).entrySet()) {
            for (String version : entry.getValue()) {
                count++;
                byte[] content = content(entry.getKey() + version, packageBytes);
                String path = "Packages/" + entry.getKey() + "-" + version + "-1.x86_64.rpm";
                repo.files.put(path, content);
                primary.append(element(entry.getKey(), version, path, content));
                others.append("<package pkgid=\"").append(Digests.sha256(content));
                others.append("\" name=\"")
                        .append(entry.getKey())
                        .append("\" arch=\"x86_64\"><version epoch=\"0\" ver=\"");
                others.append(version).append("\" rel=\"1\"/></package>\n");
            }
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

    private static byte[] content(String seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed.hashCode()).nextBytes(bytes);
        return bytes;
    }

    private static String element(String name, String version, String path, byte[] content) {
        return "<package type=\"rpm\"><name>" + name + "</name><arch>x86_64</arch><version epoch=\"0\" ver=\"" + version
                + "\" rel=\"1\"/><checksum type=\"sha256\" pkgid=\"YES\">" + Digests.sha256(content)
                + "</checksum><summary>s</summary><description>d</description><packager/><url/>"
                + "<time file=\"1700000000\" build=\"1700000000\"/><size package=\"" + content.length
                + "\" installed=\"1\" archive=\"1\"/><location href=\"" + path
                + "\"/><format><rpm:license>x</rpm:license>"
                + "<rpm:header-range start=\"100\" end=\"200\"/></format></package>\n";
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
