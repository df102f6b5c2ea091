package org.ekicho.netboot.tftp;

import org.ekicho.wire.IpAddress;

/// What one client is granted at most. A policy gives each machine its own, so that the next attempt of one
/// whose blocks get lost is served with smaller ones.
///
/// @param largestBlock  bytes of a block, 8..65464 (RFC 2348)
/// @param largestWindow blocks under way at once, 1..4096 (RFC 7440)
/// @param port          where answers come from
/// @param options       whether options are answered at all
public record TftpTerms(int largestBlock, int largestWindow, Port port, Options options) {
    public static final int SMALLEST_BLOCK = 8;
    public static final int LARGEST_BLOCK = 65464;
    /// What a client gets that names no other (RFC 1350).
    public static final int PLAIN_BLOCK = 512;
    /// Sixty-four blocks fill any LAN; more only overflow the client's receive buffer.
    public static final int USUAL_WINDOW = 64;

    /// Far below half of the block numbers, so that an acknowledgement always names one block.
    public static final int LARGEST_WINDOW = 4096;

    /// Whatever the client asks for.
    public static final TftpTerms GENEROUS = new TftpTerms(LARGEST_BLOCK, USUAL_WINDOW, Port.OWN, Options.ANSWERED);

    /// Which port of ours a transfer uses.
    public enum Port {
        /// A new one for each transfer, as RFC 1350 §4 has it.
        OWN,
        /// The one that the request came to, for firewalls and address translators that stop others.
        SHARED
    }

    /// What becomes of a client's options.
    public enum Options {
        ANSWERED,
        /// As a server that knows none: blocks of 512 bytes at once, for clients that choke on an OACK.
        IGNORED
    }

    /// Decides the terms of a client.
    @FunctionalInterface
    public interface Policy {
        TftpTerms terms(IpAddress client);
    }

    public TftpTerms {
        if (largestBlock < SMALLEST_BLOCK || largestBlock > LARGEST_BLOCK) {
            throw new IllegalArgumentException("a TFTP block has 8..65464 bytes, not " + largestBlock);
        }
        if (largestWindow < 1 || largestWindow > LARGEST_WINDOW) {
            throw new IllegalArgumentException("a TFTP window has 1..4096 blocks, not " + largestWindow);
        }
    }

    public TftpTerms withLargestBlock(int bytes) {
        return new TftpTerms(bytes, largestWindow, port, options);
    }

    public TftpTerms withLargestWindow(int blocks) {
        return new TftpTerms(largestBlock, blocks, port, options);
    }

    public TftpTerms onSharedPort() {
        return new TftpTerms(largestBlock, largestWindow, Port.SHARED, options);
    }

    public TftpTerms ignoringOptions() {
        return new TftpTerms(largestBlock, largestWindow, port, Options.IGNORED);
    }
}
