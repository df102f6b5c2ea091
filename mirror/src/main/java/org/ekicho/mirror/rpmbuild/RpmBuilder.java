package org.ekicho.mirror.rpmbuild;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.rpm.Changelog;
import org.ekicho.mirror.rpm.Dependency.Kind;
import org.ekicho.mirror.rpm.Evr;

/// Builds one RPM package of format 4 in memory: lead, signature header with digests, main header, cpio payload. The
/// same calls give the same bytes. It is meant for small packages: all of it is held at once.
///
/// ```java
/// byte[] rpm = RpmBuilder.of("hello", "1.0", "1").requires("bash >= 5").add(RpmEntry.dir("/opt/hello")).build();
/// ```
public final class RpmBuilder {
    /// When packages are built unless told otherwise: 2026-01-01 UTC.
    public static final long BUILD_TIME = 1_767_225_600L;

    private final String name;
    private final Evr evr;
    private final Map<Integer, String> texts = new TreeMap<>();
    private final Map<Integer, String> i18n = new TreeMap<>();
    private final Dependencies dependencies = new Dependencies();
    private final List<RpmEntry> entries = new ArrayList<>();
    private final List<Changelog> changelogs = new ArrayList<>();
    private final List<Consumer<HeaderWriter>> mainEdits = new ArrayList<>();
    private final List<Consumer<HeaderWriter>> signatureEdits = new ArrayList<>();
    private String arch = "noarch";
    private Origin origin = Origin.BINARY;
    private PayloadCodec codec = PayloadCodec.GZIP;
    private HashType fileDigest = HashType.SHA256;
    private long builtAt = BUILD_TIME;

    private enum Origin {
        BINARY,
        SOURCE
    }

    private RpmBuilder(String name, Evr evr) {
        this.name = name;
        this.evr = evr;
        texts.put(Tag.LICENSE, "MIT");
        texts.put(Tag.BUILD_HOST, "localhost");
        texts.put(Tag.SOURCE_RPM, name + "-" + evr.version() + "-" + evr.release() + ".src.rpm");
        i18n.put(Tag.SUMMARY, "The package " + name);
        i18n.put(Tag.DESCRIPTION, "The package " + name + ".");
        i18n.put(Tag.GROUP, "Unspecified");
    }

    /// A `noarch` package without an epoch, under the MIT license, without files.
    public static RpmBuilder of(String name, String version, String release) {
        return of(name, new Evr("0", version, release));
    }

    /// @param evr an epoch of 0 is left out of the package, as rpmbuild does
    public static RpmBuilder of(String name, Evr evr) {
        return new RpmBuilder(name, evr);
    }

    public RpmBuilder arch(String word) {
        arch = word;
        return this;
    }

    public RpmBuilder summary(String text) {
        return i18n(Tag.SUMMARY, text);
    }

    public RpmBuilder description(String text) {
        return i18n(Tag.DESCRIPTION, text);
    }

    public RpmBuilder group(String text) {
        return i18n(Tag.GROUP, text);
    }

    public RpmBuilder license(String text) {
        return text(Tag.LICENSE, text);
    }

    public RpmBuilder vendor(String text) {
        return text(Tag.VENDOR, text);
    }

    public RpmBuilder packager(String text) {
        return text(Tag.PACKAGER, text);
    }

    public RpmBuilder url(String text) {
        return text(Tag.URL, text);
    }

    public RpmBuilder buildHost(String text) {
        return text(Tag.BUILD_HOST, text);
    }

    /// File name of the source package; of its own name and version unless told otherwise.
    public RpmBuilder sourceRpm(String fileName) {
        return text(Tag.SOURCE_RPM, fileName);
    }

    /// A source package: its files have bare names.
    public RpmBuilder source() {
        origin = Origin.SOURCE;
        return this;
    }

    public RpmBuilder payload(PayloadCodec compression) {
        codec = compression;
        return this;
    }

    /// The kind of the files' digests: MD5 (which rpm of CentOS 5 needs) or SHA-256 and longer.
    public RpmBuilder fileDigests(HashType type) {
        fileDigest = type;
        return this;
    }

    /// @param seconds since 1970
    public RpmBuilder buildTime(long seconds) {
        builtAt = seconds;
        return this;
    }

    /// `bash`, `bash = 5.1-2` or `(a or b)`.
    public RpmBuilder provides(String dependency) {
        return depends(Kind.PROVIDES, dependency);
    }

    public RpmBuilder requires(String dependency) {
        return depends(Kind.REQUIRES, dependency);
    }

    public RpmBuilder conflicts(String dependency) {
        return depends(Kind.CONFLICTS, dependency);
    }

    public RpmBuilder obsoletes(String dependency) {
        return depends(Kind.OBSOLETES, dependency);
    }

    public RpmBuilder depends(Kind list, String dependency) {
        dependencies.add(list, Dependencies.parse(dependency));
        return this;
    }

    /// Any flags, such as [RpmSense#SCRIPT_PRE].
    public RpmBuilder depends(Kind list, String what, int flags, String version) {
        dependencies.add(list, new Dependencies.Entry(what, flags, version));
        return this;
    }

    public RpmBuilder add(RpmEntry entry) {
        entries.add(entry);
        return this;
    }

    /// Newest first, as packages hold them.
    ///
    /// @param seconds since 1970
    public RpmBuilder changelog(long seconds, String author, String text) {
        changelogs.add(new Changelog(author, seconds, text));
        return this;
    }

    /// Sets or replaces any tag of the main header, also against the format; digests are computed over it.
    ///
    /// @param type  3 i16, 4 i32, 5 i64, 6 string, 7 binary, 8 strings, 9 translated strings
    /// @param count as written, true or not
    public RpmBuilder rawTag(int tag, int type, int count, byte[] bytes) {
        byte[] copy = bytes.clone();
        mainEdits.add(header -> header.raw(tag, type, count, copy));
        return this;
    }

    /// A text tag of the main header, such as a script.
    public RpmBuilder rawText(int tag, String text) {
        mainEdits.add(header -> header.string(tag, text));
        return this;
    }

    /// Leaves a tag out of the main header.
    public RpmBuilder without(int tag) {
        mainEdits.add(header -> header.remove(tag));
        return this;
    }

    /// The same for the signature header.
    public RpmBuilder rawSignatureTag(int tag, int type, int count, byte[] bytes) {
        byte[] copy = bytes.clone();
        signatureEdits.add(header -> header.raw(tag, type, count, copy));
        return this;
    }

    public RpmBuilder withoutSignatureTag(int tag) {
        signatureEdits.add(header -> header.remove(tag));
        return this;
    }

    /// `name-version-release.arch.rpm`.
    public String fileName() {
        return name + "-" + evr.version() + "-" + evr.release() + "." + (origin == Origin.SOURCE ? "src" : arch)
                + ".rpm";
    }

    private RpmBuilder text(int tag, String text) {
        texts.put(tag, text);
        return this;
    }

    private RpmBuilder i18n(int tag, String text) {
        i18n.put(tag, text);
        return this;
    }

    /// The package's bytes.
    public byte[] build() {
        List<RpmEntry> sorted =
                entries.stream().sorted(Comparator.comparing(RpmEntry::path)).toList();
        byte[] archive = archive(sorted);
        byte[] payload = compress(archive);
        byte[] main = main(sorted, archive, payload);
        byte[] signature = signature(main, payload, archive.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(lead());
        out.writeBytes(signature);
        HeaderWriter.pad(out, 8);
        out.writeBytes(main);
        out.writeBytes(payload);
        return out.toByteArray();
    }

    private byte[] archive(List<RpmEntry> sorted) {
        CpioWriter cpio = new CpioWriter();
        for (RpmEntry entry : sorted) {
            if (entry.isDelivered()) {
                String path = origin == Origin.SOURCE ? entry.baseName() : "." + entry.path();
                cpio.entry(path, entry.mode(), entry.mtime(builtAt), entry.content());
            }
        }
        return cpio.finish();
    }

    private byte[] compress(byte[] archive) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = codec.compress(bytes)) {
            out.write(archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private byte[] main(List<RpmEntry> sorted, byte[] archive, byte[] payload) {
        HeaderWriter header = new HeaderWriter();
        header.strings(Tag.I18N_TABLE, List.of("C"));
        header.string(Tag.NAME, name);
        header.string(Tag.VERSION, evr.version());
        header.string(Tag.RELEASE, evr.release());
        if (!evr.epoch().isEmpty() && !evr.epoch().equals("0")) {
            header.int32(Tag.EPOCH, Integer.parseUnsignedInt(evr.epoch()));
        }
        header.int32(Tag.BUILD_TIME, (int) builtAt);
        header.string(Tag.OS, "linux");
        header.string(Tag.ARCH, arch);
        header.string(Tag.RPM_VERSION, "4.14.0");
        header.string(Tag.PLATFORM, arch + "-redhat-linux-gnu");
        header.string(Tag.ENCODING, "utf-8");
        header.string(Tag.PAYLOAD_FORMAT, "cpio");
        if (codec != PayloadCodec.NONE) {
            header.string(Tag.PAYLOAD_COMPRESSOR, codec.word());
            header.string(Tag.PAYLOAD_FLAGS, codec.level());
        }
        texts.forEach(header::string);
        i18n.forEach(header::i18n);
        if (origin == Origin.SOURCE) {
            header.int32(Tag.SOURCE_PACKAGE, 1);
            header.remove(Tag.SOURCE_RPM);
        }
        allDependencies().write(header);
        writeChangelogs(header);
        FileTags.write(header, sorted, fileDigest, builtAt);
        header.strings(Tag.PAYLOAD_DIGEST, List.of(digest("SHA-256", payload)));
        header.int32(Tag.PAYLOAD_DIGEST_ALGO, Tag.ALGO_SHA256);
        header.strings(Tag.PAYLOAD_DIGEST_ALT, List.of(digest("SHA-256", archive)));
        mainEdits.forEach(edit -> edit.accept(header));
        return header.encode(HeaderWriter.IMMUTABLE);
    }

    /// What was asked for, with what rpmbuild adds: the package's own name, and the features of rpm that it needs.
    private Dependencies allDependencies() {
        Dependencies all = dependencies.copy();
        if (origin == Origin.BINARY) {
            all.add(Kind.PROVIDES, new Dependencies.Entry(name, RpmSense.EQUAL, evr.toString()));
            Tag.isa(arch)
                    .ifPresent(isa -> all.add(
                            Kind.PROVIDES,
                            new Dependencies.Entry(name + "(" + isa + ")", RpmSense.EQUAL, evr.toString())));
        }
        needs(all, "rpmlib(CompressedFileNames)", "3.0.4-1");
        if (fileDigest != HashType.MD5) {
            needs(all, "rpmlib(FileDigests)", "4.6.0-1");
        }
        if (origin == Origin.BINARY) {
            needs(all, "rpmlib(PayloadFilesHavePrefix)", "4.0-1");
        }
        if (!codec.feature().isEmpty()) {
            needs(all, codec.feature(), codec.since());
        }
        if (dependencies.hasRich()) {
            needs(all, "rpmlib(RichDependencies)", "4.12.0-1");
        }
        return all;
    }

    private static void needs(Dependencies all, String feature, String version) {
        all.add(
                Kind.REQUIRES,
                new Dependencies.Entry(feature, RpmSense.RPMLIB | RpmSense.LESS | RpmSense.EQUAL, version));
    }

    private void writeChangelogs(HeaderWriter header) {
        header.int32(
                Tag.CHANGELOG_TIME,
                changelogs.stream().map(entry -> (int) entry.time()).toList());
        header.strings(
                Tag.CHANGELOG_NAME, changelogs.stream().map(Changelog::author).toList());
        header.strings(
                Tag.CHANGELOG_TEXT, changelogs.stream().map(Changelog::text).toList());
    }

    private byte[] signature(byte[] main, byte[] payload, int archiveLength) {
        HeaderWriter header = new HeaderWriter();
        header.string(Tag.SIG_SHA1, digest("SHA-1", main));
        header.string(Tag.SIG_SHA256, digest("SHA-256", main));
        header.int32(Tag.SIG_SIZE, main.length + payload.length);
        header.bin(Tag.SIG_MD5, HexFormat.of().parseHex(digest("MD5", main, payload)));
        header.int32(Tag.SIG_PAYLOAD_SIZE, archiveLength);
        signatureEdits.forEach(edit -> edit.accept(header));
        return header.encode(HeaderWriter.SIGNATURES);
    }

    /// 96 bytes of which only the first four and the two type bytes mean anything today.
    private byte[] lead() {
        byte[] title = (name + "-" + evr.version() + "-" + evr.release()).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(96)
                .putInt(0xedabeedb)
                .put((byte) 3)
                .put((byte) 0)
                .putShort((short) origin.ordinal())
                .putShort(Tag.archNumber(arch))
                .put(Arrays.copyOf(Arrays.copyOf(title, Math.min(title.length, 65)), 66))
                .putShort((short) 1)
                .putShort((short) 5)
                .array();
    }

    private static String digest(String algorithm, byte[]... parts) {
        return FileTags.digest(algorithm, parts);
    }

    @Override
    public String toString() {
        return fileName();
    }
}
