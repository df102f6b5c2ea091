package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.ekicho.host.download.Addresses;
import org.ekicho.host.download.DownloadRequest;
import org.ekicho.host.download.DownloadResult;
import org.ekicho.host.download.DownloadResult.Done;
import org.ekicho.host.download.DownloadResult.Failed;
import org.ekicho.host.download.DownloadResult.Failure;
import org.ekicho.host.download.Downloads;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;

/// The servers of a repository: asks one after the other until a file is there that is what it should be. Safe for many
/// threads.
final class Mirrors {
    /// Rounds through all servers for one file: enough for a server that restarts, short enough for an operator.
    private static final int ROUNDS = 4;
    /// Times that a transfer which broke off is continued at the same server, as long as each brings something.
    private static final int MOST_CONTINUATIONS = 40;
    /// More servers than these at once bring nothing and annoy their operators.
    private static final int SPREAD = 3;

    private final Downloads downloads;
    private final List<Mirror> all;
    private final Path stage;

    /// @param all the preferred first; one at least
    Mirrors(Downloads downloads, List<Mirror> all, Path stage) {
        this.downloads = downloads;
        this.all = List.copyOf(all);
        this.stage = stage;
    }

    /// What came of a file.
    sealed interface Got {
        /// It is there and is what it should be.
        ///
        /// @param file in the stage
        record File(Path file, String sha256, long size, Optional<Instant> lastModified) implements Got {}

        /// No server has it as it should be.
        record Nothing(MirrorReason reason, String detail) implements Got {}
    }

    List<Mirror> all() {
        return all;
    }

    /// The same servers, this one first.
    Mirrors preferring(Mirror first) {
        List<Mirror> order = new ArrayList<>();
        order.add(first);
        all.stream().filter(mirror -> mirror != first).forEach(order::add);
        return new Mirrors(downloads, order, stage);
    }

    /// Fetches a file.
    ///
    /// @param worker a number that spreads work over servers; 0: the preferred one first
    /// @throws IOException when it cannot be written
    Got fetch(Wanted wanted, int worker) throws IOException {
        Troubles troubles = new Troubles();
        int first = worker % Math.min(SPREAD, all.size());
        for (int round = 0; round < ROUNDS; round++) {
            if (round > 0) {
                rest();
            }
            boolean again = false;
            for (int i = 0; i < all.size(); i++) {
                Mirror mirror = all.get((first + i) % all.size());
                boolean resting = round == 0 && all.size() > 1 && mirror.restNanos(System.nanoTime()) > 0;
                if (mirror.isHopeless() || resting) {
                    again |= resting;
                    troubles.skipped(mirror);
                    continue;
                }
                switch (ask(mirror, wanted)) {
                    case Got.File file -> {
                        return file;
                    }
                    case Got.Nothing nothing -> {
                        troubles.add(nothing);
                        again |= mayChange(nothing.reason());
                    }
                }
            }
            if (!again) {
                break;
            }
        }
        return troubles.sum(all.size());
    }

    /// Fetches a file that upstream names no checksum for, from one server, anew.
    DownloadResult fetch(Mirror mirror, String path, Path target, long limit, String... digests) throws IOException {
        Optional<URI> address = Addresses.join(mirror.base(), path);
        if (address.isEmpty()) {
            return new Failed(Failure.NOT_SPOKEN, mirror.shown() + " is no address");
        }
        return downloads.fetch(DownloadRequest.anew(address.get(), target, limit, digests));
    }

    /// Wrong bytes come from caches that are renewed, and broken connections are mended; a file that is not there stays
    /// away.
    private static boolean mayChange(MirrorReason reason) {
        return reason == MirrorReason.UNREACHABLE || reason == MirrorReason.WRONG_CHECKSUM;
    }

    /// Waits until the first server may be asked again.
    private void rest() {
        long now = System.nanoTime();
        long least = Long.MAX_VALUE;
        for (Mirror mirror : all) {
            if (!mirror.isHopeless()) {
                least = Math.min(least, mirror.restNanos(now));
            }
        }
        if (least != Long.MAX_VALUE && least > 0) {
            LockSupport.parkNanos(least);
        }
    }

    private Got ask(Mirror mirror, Wanted wanted) throws IOException {
        Optional<URI> address = Addresses.join(mirror.base(), wanted.path().toUrlPath());
        if (address.isEmpty()) {
            mirror.failed("it is no address", System.nanoTime());
            return new Got.Nothing(MirrorReason.UNREACHABLE, mirror.shown() + " is no address");
        }
        Path part = stage.resolve(wanted.partName());
        List<String> digests = digests(wanted.checksum());
        DownloadRequest.Resume resume =
                wanted.checksum().isPresent() ? DownloadRequest.Resume.ANY_SERVER : DownloadRequest.Resume.SAME_FILE;
        for (int attempt = 0; ; attempt++) {
            long before = length(part);
            DownloadResult result = downloads.fetch(
                    new DownloadRequest(address.get(), part, digests, wanted.size(), wanted.limit(), resume));
            switch (result) {
                case Done done -> {
                    Got got = judge(mirror, wanted, part, done);
                    boolean continued = done.received() < done.size();
                    if (got instanceof Got.Nothing && continued && attempt < MOST_CONTINUATIONS) {
                        // The part was of another file: once more, from its first byte.
                        resume = DownloadRequest.Resume.NEVER;
                        continue;
                    }
                    return got;
                }
                case Failed(Failure failure, String sentence) -> {
                    boolean more = failure == Failure.CUT_OFF && length(part) > before;
                    if (!more || attempt >= MOST_CONTINUATIONS) {
                        return gone(mirror, part, failure, sentence);
                    }
                }
            }
        }
    }

    private static Got gone(Mirror mirror, Path part, Failure failure, String sentence) throws IOException {
        MirrorReason reason = switch (failure) {
            case NOT_FOUND -> MirrorReason.NO_MIRROR_HAS_IT;
            case WRONG_SIZE -> MirrorReason.WRONG_SIZE;
            case TOO_LARGE -> MirrorReason.TOO_LARGE;
            case UNREACHABLE,
                    NOT_ALLOWED,
                    SERVER_ERROR,
                    NOT_TRUSTED,
                    CUT_OFF,
                    TOO_SLOW,
                    BAD_REDIRECT,
                    MALFORMED,
                    NOT_SPOKEN -> MirrorReason.UNREACHABLE;
        };
        if (reason == MirrorReason.UNREACHABLE) {
            mirror.failed(sentence, System.nanoTime());
        } else {
            mirror.lacks(sentence);
            Files.deleteIfExists(part);
        }
        return new Got.Nothing(reason, sentence);
    }

    private static Got judge(Mirror mirror, Wanted wanted, Path part, Done done) throws IOException {
        String sha256 = done.digests().getOrDefault("SHA-256", "");
        Optional<Checksum> wrong = wanted.checksum()
                .filter(sum -> !sum.hex().equals(done.digests().get(sum.type().algorithm())));
        if (wrong.isEmpty()) {
            mirror.worked();
            return new Got.File(part, sha256, done.size(), done.lastModified());
        }
        boolean page = isPage(part, done);
        Files.deleteIfExists(part);
        String found = done.digests().getOrDefault(wrong.get().type().algorithm(), "none");
        String detail = page
                ? done.from() + " is a web page"
                : done.from() + " has " + wrong.get().type().word() + " " + found + " instead of "
                        + wrong.get().hex();
        mirror.lacks(detail);
        return new Got.Nothing(page ? MirrorReason.NOT_WHAT_IT_SHOULD_BE : MirrorReason.WRONG_CHECKSUM, detail);
    }

    /// A login page or an error page with status 200.
    private static boolean isPage(Path part, Done done) throws IOException {
        if (done.contentType().startsWith("text/html")) {
            return true;
        }
        try (var in = Files.newInputStream(part)) {
            String head = new String(in.readNBytes(64), StandardCharsets.ISO_8859_1)
                    .stripLeading()
                    .toLowerCase(java.util.Locale.ROOT);
            return head.startsWith("<!doctype html") || head.startsWith("<html");
        }
    }

    private static List<String> digests(Optional<Checksum> checksum) {
        Set<String> algorithms = new LinkedHashSet<>();
        algorithms.add(HashType.SHA256.algorithm());
        checksum.ifPresent(sum -> algorithms.add(sum.type().algorithm()));
        return List.copyOf(algorithms);
    }

    private static long length(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /// What went wrong at all servers, in one sentence: the most telling reason, and what the last one said.
    private static final class Troubles {
        private Got.Nothing telling = new Got.Nothing(MirrorReason.UNREACHABLE, "no server could be asked");

        void add(Got.Nothing nothing) {
            boolean first = telling.detail().startsWith("no server");
            boolean better =
                    telling.reason() == MirrorReason.NO_MIRROR_HAS_IT || telling.reason() == MirrorReason.UNREACHABLE;
            if (first || (better && nothing.reason() != MirrorReason.NO_MIRROR_HAS_IT)) {
                telling = nothing;
            }
        }

        void skipped(Mirror mirror) {
            if (telling.detail().startsWith("no server")) {
                telling = new Got.Nothing(MirrorReason.UNREACHABLE, "given up: " + mirror.trouble());
            }
        }

        Got.Nothing sum(int servers) {
            return servers < 2
                    ? telling
                    : new Got.Nothing(telling.reason(), telling.detail() + " (" + servers + " mirrors asked)");
        }
    }
}
