package org.ekicho.mirror.rpm;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// An OpenPGP signature that a package carries in its signature header (rpm: `docs/manual/signatures_digests.md`).
public final class RpmSignature {
    /// What a signature was made over.
    public enum Covers {
        /// The main header; its digests prove the payload.
        HEADER,
        /// The main header and all that follows it.
        HEADER_AND_PAYLOAD
    }

    /// A signature of RSA 4096 has 566 bytes; version 6 packages may have several.
    private static final int MAX_BYTES = 64 << 10;

    private static final int DSA_HEADER = 267;
    private static final int RSA_HEADER = 268;
    private static final int OPENPGP = 278;
    private static final int PGP = 1002;
    private static final int GPG = 1005;

    private final Covers covers;
    private final byte[] packet;

    private RpmSignature(Covers covers, byte[] packet) {
        this.covers = covers;
        this.packet = packet;
    }

    public Covers covers() {
        return covers;
    }

    /// The OpenPGP packet.
    public byte[] packet() {
        return packet.clone();
    }

    /// Every signature of a package, those over the header first; none when it is not signed. What is no signature in
    /// its
    /// form is passed over.
    public static List<RpmSignature> of(HeaderRead.Read headers) {
        RpmHeader signature = headers.signature();
        List<RpmSignature> all = new ArrayList<>();
        for (String text : armored(signature)) {
            base64(text, all);
        }
        for (int tag : new int[] {RSA_HEADER, DSA_HEADER}) {
            binary(signature, tag, Covers.HEADER, all);
        }
        for (int tag : new int[] {PGP, GPG}) {
            binary(signature, tag, Covers.HEADER_AND_PAYLOAD, all);
        }
        return List.copyOf(all);
    }

    private static List<String> armored(RpmHeader signature) {
        List<String> texts = new ArrayList<>();
        try {
            RpmHeader.Strings strings = signature.strings(OPENPGP);
            for (int i = 0; i < strings.count(); i++) {
                texts.add(strings.next());
            }
        } catch (BadHeader bad) {
            return List.of();
        }
        return texts;
    }

    private static void base64(String text, List<RpmSignature> to) {
        try {
            add(Covers.HEADER, Base64.getMimeDecoder().decode(text), to);
        } catch (IllegalArgumentException e) {
            // Not base64: it proves nothing, as if it were absent.
            return;
        }
    }

    private static void binary(RpmHeader signature, int tag, Covers covers, List<RpmSignature> to) {
        try {
            add(covers, signature.binary(tag), to);
        } catch (BadHeader bad) {
            // Not bytes: it proves nothing, as if it were absent.
            return;
        }
    }

    private static void add(Covers covers, byte[] packet, List<RpmSignature> to) {
        if (packet.length > 0 && packet.length <= MAX_BYTES) {
            to.add(new RpmSignature(covers, packet));
        }
    }
}
