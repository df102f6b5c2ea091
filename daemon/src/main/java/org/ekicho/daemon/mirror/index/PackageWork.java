package org.ekicho.daemon.mirror.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ekicho.daemon.mirror.index.IndexSettings.Databases;
import org.ekicho.daemon.mirror.index.IndexSettings.FileListsExt;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.repodata.PackageXml;
import org.ekicho.mirror.repodata.XmlBuffer;
import org.ekicho.mirror.rpm.HeaderRead;
import org.ekicho.mirror.rpm.PackageRead;
import org.ekicho.mirror.rpm.RpmDigestCheck;
import org.ekicho.mirror.rpm.RpmDigests;
import org.ekicho.mirror.rpm.RpmHeaders;
import org.ekicho.mirror.rpm.RpmPackage;
import org.ekicho.mirror.rpm.RpmPackages;

/// Turns one file into its fragments: header and checksum in one pass over the bytes. Belongs to one thread.
final class PackageWork implements OrderedWork.Worker<FoundPackage, Worked> {
    /// 64 MiB: the largest headers of distributions have 20 MB (debug packages of kernels).
    private static final int MAX_HEAD_BYTES = 64 << 20;
    /// Larger heads are not kept for the next package.
    private static final int KEPT_HEAD_BYTES = 1 << 20;
    /// Stays in the cache of a core between the read and the digest.
    private static final int BLOCK_BYTES = 128 << 10;
    /// A file that is still being copied settles, or does not.
    private static final int ATTEMPTS = 2;

    private final IndexSettings settings;
    private final FragmentCache cache;
    private final InstantSource clock;
    private final RpmPackages.Wanted wanted;
    private final MessageDigest digest;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    private final XmlBuffer xml = new XmlBuffer(64 << 10);
    private byte[] head = new byte[RpmHeaders.FIRST_READ];

    PackageWork(IndexSettings settings, FragmentCache cache, InstantSource clock) {
        this.settings = settings;
        this.cache = cache;
        this.clock = clock;
        this.digest = MetadataFile.digest(settings.form().checksum());
        this.wanted = new RpmPackages.Wanted(
                settings.form().changelogLimit(),
                settings.form().tables().fileListsExt() == FileListsExt.WRITTEN
                        ? RpmPackages.FileDigests.READ
                        : RpmPackages.FileDigests.SKIP);
    }

    @Override
    public Worked work(FoundPackage found) throws IOException {
        Optional<Worked> cached = cache.lookup(found);
        if (cached.isPresent() && !needsHeader(cached.get())) {
            return cached.get();
        }
        FoundPackage now = found;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Instant at = clock.instant();
            long readAt = TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
            Worked worked = read(now, cached, now.isYoung(readAt) ? Worked.Trust.FORGET : Worked.Trust.KEEP);
            Optional<FoundPackage> after = PackageWalk.again(file(now), now);
            if (after.isPresent() && after.get().equals(now)) {
                return worked;
            }
            if (after.isEmpty()) {
                return skipped(now, Worked.Trust.FORGET, MirrorReason.UNREACHABLE, "it is gone");
            }
            now = after.get();
            cached = Optional.empty();
        }
        return skipped(now, Worked.Trust.FORGET, MirrorReason.CHANGED_MEANWHILE, "it is still being written");
    }

    /// Databases are made from headers: they are read again, while the checksum is known.
    private boolean needsHeader(Worked cached) {
        return settings.form().tables().databases() == Databases.SQLITE && cached instanceof Worked.Indexed;
    }

    private Path file(FoundPackage found) {
        return settings.folder().resolve(found.path());
    }

    private Worked read(FoundPackage found, Optional<Worked> cached, Worked.Trust trust) {
        try (FileChannel channel = FileChannel.open(file(found))) {
            digest.reset();
            int filled = fill(channel, 0, RpmHeaders.FIRST_READ);
            HeaderRead headers = RpmHeaders.read(ByteBuffer.wrap(head, 0, filled), found.size());
            while (headers instanceof HeaderRead.NeedsMore(int total)) {
                if (total > MAX_HEAD_BYTES) {
                    return skipped(
                            found,
                            trust,
                            MirrorReason.TOO_LARGE,
                            "its headers have more than " + MAX_HEAD_BYTES + " bytes");
                }
                int before = filled;
                filled = fill(channel, filled, total);
                if (filled == before) {
                    return skipped(found, Worked.Trust.FORGET, MirrorReason.CHANGED_MEANWHILE, "it became shorter");
                }
                headers = RpmHeaders.read(ByteBuffer.wrap(head, 0, filled), found.size());
            }
            return switch (headers) {
                case HeaderRead.Read read -> {
                    if (cached.isPresent() && cached.get() instanceof Worked.Indexed known) {
                        Checksum pkgid = known.fragments().pkgid(settings.form().checksum());
                        yield described(found, read, pkgid, cached, trust);
                    }
                    List<String> wrong = new ArrayList<>();
                    Checksum pkgid = hash(channel, filled, digests(read, found), wrong);
                    yield wrong.isEmpty()
                            ? described(found, read, pkgid, cached, trust)
                            : skipped(found, trust, MirrorReason.WRONG_CHECKSUM, String.join("; ", wrong));
                }
                case HeaderRead.Refused(MirrorReason reason, String detail) -> skipped(found, trust, reason, detail);
                case HeaderRead.NeedsMore _ -> throw new IllegalStateException("asks for more of what it has");
            };
        } catch (IOException e) {
            String detail = e.getMessage() == null ? e.toString() : e.getMessage();
            return skipped(found, Worked.Trust.FORGET, MirrorReason.UNREACHABLE, detail);
        } finally {
            if (head.length > KEPT_HEAD_BYTES) {
                head = new byte[RpmHeaders.FIRST_READ];
            }
        }
    }

    /// Reads on until the head has so many bytes, or the file ends.
    private int fill(FileChannel channel, int from, int to) throws IOException {
        if (head.length < to) {
            head = Arrays.copyOf(head, to);
        }
        ByteBuffer rest = ByteBuffer.wrap(head, from, to - from);
        while (rest.hasRemaining() && channel.read(rest) >= 0) {}
        return rest.position();
    }

    /// What the package says of its bytes; nothing unless it is to be verified.
    private RpmDigests digests(HeaderRead.Read headers, FoundPackage found) {
        return switch (settings.effort().digests()) {
            case TAKEN -> new RpmDigests(List.of(), List.of());
            case VERIFIED -> RpmDigests.of(headers, found.size());
        };
    }

    private Checksum hash(FileChannel channel, int filled, RpmDigests digests, List<String> wrong) throws IOException {
        RpmDigestCheck check = digests.check();
        digest.update(head, 0, filled);
        check.feed(ByteBuffer.wrap(head, 0, filled));
        block.clear();
        while (channel.read(block) >= 0) {
            digest.update(block.array(), 0, block.position());
            check.feed(block.flip());
            block.clear();
        }
        wrong.addAll(check.end());
        return MetadataFile.sum(settings.form().checksum(), digest);
    }

    private Worked described(
            FoundPackage found, HeaderRead.Read headers, Checksum pkgid, Optional<Worked> cached, Worked.Trust trust) {
        RpmPackages.Origin origin = new RpmPackages.Origin(
                settings.form().locations().of(found.path()),
                found.size(),
                Math.floorDiv(found.mtimeNanos(), 1_000_000_000L),
                pkgid);
        return switch (RpmPackages.of(headers, origin, wanted)) {
            case PackageRead.Read(RpmPackage rpm, List<String> remarks) ->
                new Worked.Indexed(
                        found,
                        cached.map(Worked::source).orElse(new Worked.Source.Read(trust)),
                        fragments(rpm),
                        hashOf(rpm.nevra()),
                        settings.form().tables().databases() == Databases.SQLITE ? Optional.of(rpm) : Optional.empty(),
                        remarks);
            case PackageRead.Refused(MirrorReason reason, String detail) -> skipped(found, trust, reason, detail);
        };
    }

    private Fragments fragments(RpmPackage rpm) {
        int[] ends = new int[Fragments.ORDER.length];
        xml.clear();
        PackageXml.primary(rpm, xml);
        ends[0] = xml.length();
        PackageXml.filelists(rpm, xml);
        ends[1] = xml.length();
        PackageXml.other(rpm, xml);
        ends[2] = xml.length();
        if (settings.form().tables().fileListsExt() == FileListsExt.WRITTEN) {
            PackageXml.filelistsExt(rpm, xml);
        }
        ends[3] = xml.length();
        return new Fragments(xml.toBytes(), ends);
    }

    private static Worked skipped(FoundPackage found, Worked.Trust trust, MirrorReason reason, String detail) {
        return new Worked.Skipped(
                found, new Worked.Source.Read(trust), new SkippedPackage(found.path(), reason, detail));
    }

    /// FNV-1a of 64 bits: 100,000 names collide once in four billion repositories.
    static long hashOf(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
