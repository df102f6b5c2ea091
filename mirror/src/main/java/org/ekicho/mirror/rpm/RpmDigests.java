package org.ekicho.mirror.rpm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a package says of its own bytes: the digests that together prove the file, and its length.
///
/// @param expected the strongest digest of each part, in the order of the file
/// @param problems what is wrong already, without reading on: another length than the signature header says
public record RpmDigests(List<Expected> expected, List<String> problems) {
    public RpmDigests {
        expected = List.copyOf(expected);
        problems = List.copyOf(problems);
    }

    /// One digest.
    ///
    /// @param part      what it is of
    /// @param start     first byte of the file that it covers
    /// @param end       first byte after those
    /// @param algorithm as Java names it
    /// @param hex       as the package has it, in lower-case digits
    public record Expected(Part part, long start, long end, String algorithm, String hex) {}

    /// What a digest covers.
    public enum Part {
        HEADER("the main header"),
        PAYLOAD("the payload"),
        /// MD5 of packages of format 3 and 4: the only proof of a payload before rpm 4.14.
        HEADER_AND_PAYLOAD("header and payload");

        private final String words;

        Part(String words) {
            this.words = words;
        }

        /// As in "the payload".
        public String words() {
            return words;
        }
    }

    /// How much of a package its digests prove.
    public enum Proof {
        WHOLE,
        HEADER_ONLY,
        NOTHING
    }

    /// The digests of a package.
    ///
    /// @param fileSize bytes of the whole file
    public static RpmDigests of(HeaderRead.Read headers, long fileSize) {
        List<Expected> expected = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try {
            new Reader(headers, fileSize, expected, problems).read();
        } catch (BadHeader bad) {
            problems.add(bad.detail());
        }
        return new RpmDigests(expected, problems);
    }

    /// How much they prove.
    public Proof proof() {
        boolean payload = expected.stream().anyMatch(digest -> digest.part() != Part.HEADER);
        if (payload) return Proof.WHOLE;
        return expected.isEmpty() ? Proof.NOTHING : Proof.HEADER_ONLY;
    }

    /// A check that is fed the file.
    public RpmDigestCheck check() {
        return new RpmDigestCheck(this);
    }

    private record Reader(HeaderRead.Read headers, long fileSize, List<Expected> expected, List<String> problems) {
        void read() throws BadHeader {
            long start = headers.range().start();
            long end = headers.range().end();
            RpmHeader signature = headers.signature();
            length(signature, fileSize - start);
            if (!add(Part.HEADER, start, end, "SHA-256", signature.text(RpmTags.SIG_SHA256))
                    && !add(Part.HEADER, start, end, "SHA3-256", signature.text(RpmTags.SIG_SHA3_256))) {
                add(Part.HEADER, start, end, "SHA-1", signature.text(RpmTags.SIG_SHA1));
            }
            if (!payload(end)) {
                add(Part.HEADER_AND_PAYLOAD, start, fileSize, "MD5", signature.hex(RpmTags.SIG_MD5));
            }
        }

        private boolean payload(long start) throws BadHeader {
            RpmHeader main = headers.main();
            var type = RpmFiles.hash((int) main.number(RpmTags.PAYLOAD_DIGEST_ALGO, 8));
            if (type.isPresent()
                    && add(Part.PAYLOAD, start, fileSize, type.get().algorithm(), main.text(RpmTags.PAYLOAD_SHA256))) {
                return true;
            }
            return add(Part.PAYLOAD, start, fileSize, "SHA-512", main.text(RpmTags.PAYLOAD_SHA512))
                    || add(Part.PAYLOAD, start, fileSize, "SHA3-256", main.text(RpmTags.PAYLOAD_SHA3_256));
        }

        private void length(RpmHeader signature, long found) throws BadHeader {
            long said = signature.number(RpmTags.SIG_LONG_SIZE, signature.number(RpmTags.SIG_SIZE, found));
            if (said != found) {
                problems.add("header and payload have " + found + " bytes; its signature header says " + said);
            }
        }

        private boolean add(Part part, long start, long end, String algorithm, String hex) {
            if (hex.isEmpty()) return false;
            expected.add(new Expected(part, start, end, algorithm, hex.toLowerCase(Locale.ROOT)));
            return true;
        }
    }
}
