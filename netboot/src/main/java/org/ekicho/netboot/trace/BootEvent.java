package org.ekicho.netboot.trace;

import java.util.Optional;
import java.util.OptionalLong;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// One thing that was seen of a machine's boot. The shells for DHCP, TFTP and HTTP, the policy and the wire tap report
/// these; `TraceBook` keeps and joins them. All texts are made printable and are cut to 255 characters.
public sealed interface BootEvent {
    /// When: nanoseconds of one clock for all events of a book, since any start. A fetch that is reported when it is
    /// over still bears the time at which it began.
    long atNanos();

    /// Whom it is about.
    Who who();

    /// A DHCP message that came in, went out, or was overheard; also the exchange with a boot server on port 4011.
    ///
    /// @param from       sender
    /// @param to         receiver; port 4011 on either side means the boot service (PXE 2.1 §2.2.3)
    /// @param xid        transaction; EDK2 takes a random base at power-on and adds 1 for each try
    /// @param secs       seconds that the client says it has been trying
    /// @param stage      of the client, also in the messages to it
    /// @param vendorClass option 60 of the client's message; empty in replies
    /// @param gift       what it gives or asks for
    record Dhcp(
            long atNanos,
            Who who,
            DhcpKind kind,
            Whose whose,
            Endpoint from,
            Endpoint to,
            int xid,
            int secs,
            BootStage stage,
            Optional<ClientArch> arch,
            String vendorClass,
            DhcpGift gift)
            implements BootEvent {
        /// The port of the boot service.
        public static final int BOOT_SERVER_PORT = 4011;

        public Dhcp {
            vendorClass = Printable.cut(vendorClass);
        }

        /// True for the exchange with a boot server.
        public boolean atBootServer() {
            return from.port() == BOOT_SERVER_PORT || to.port() == BOOT_SERVER_PORT;
        }

        public boolean fromClient() {
            return whose == Whose.CLIENT;
        }

        /// Who gives: option 54, else the sender's address.
        public IpAddress server() {
            return gift.server().orElse(from.address());
        }
    }

    /// The machine asked who has an address. Repeated questions for one address are one event.
    ///
    /// @param times       how often
    /// @param lastAtNanos the last time
    record ArpAsk(long atNanos, Who who, IpAddress wanted, int times, long lastAtNanos) implements BootEvent {
        /// Questions in a row after which nobody has the address: who is answered does not ask again at once.
        public static final int MANY = 3;
        /// Questions further apart than this are not a row.
        public static final long ROW_NANOS = 10_000_000_000L;

        /// True when it was asked so often that nobody can have answered. Answers to others are not seen by a switch's
        /// other ports.
        public boolean unanswered() {
            return times >= MANY;
        }
    }

    /// The machine was told who has an address.
    record ArpAnswer(long atNanos, Who who, IpAddress owner) implements BootEvent {}

    /// A TFTP read request, each time that it is sent. A transfer is known by the client's address and port.
    ///
    /// @param client    address and port that the answers go to
    /// @param blockSize option `blksize` as asked, 0 when absent
    /// @param window    option `windowsize` as asked, 0 when absent
    /// @param asksSize  whether option `tsize` is there
    record TftpRequest(long atNanos, Who who, Endpoint client, String file, int blockSize, int window, boolean asksSize)
            implements BootEvent {
        public TftpRequest {
            file = Printable.cut(file);
        }
    }

    /// What was agreed for a transfer.
    ///
    /// @param blockSize bytes of a block, 512 without an option
    /// @param window    blocks under way at once, 1 without an option
    /// @param size      of the file, as told or known
    record TftpOptions(long atNanos, Who who, Endpoint client, int blockSize, int window, OptionalLong size)
            implements BootEvent {}

    /// How far a transfer has come. A later one takes the place of an earlier one.
    record TftpProgress(long atNanos, Who who, Endpoint client, TftpCount count) implements BootEvent {}

    /// A transfer is over.
    ///
    /// @param atNanos  when its last packet was sent or seen
    /// @param bytes    that were acknowledged
    /// @param error    TFTP error code, -1 when there was none
    /// @param message  of the error
    /// @param nearest  the name in the boot index that is most like the one that was not found
    /// @param program  what the file is, as far as its first bytes tell
    record TftpEnd(
            long atNanos,
            Who who,
            Endpoint client,
            String file,
            TftpOutcome outcome,
            TftpCount count,
            long bytes,
            int error,
            String message,
            Optional<String> nearest,
            Optional<BootProgram> program)
            implements BootEvent {
        public TftpEnd {
            file = Printable.cut(file);
            message = Printable.cut(message);
            nearest = nearest.map(Printable::cut);
        }
    }

    /// A request of HTTP (or FTP, with the method `RETR`), answered.
    ///
    /// @param path      decoded, with its query; a token is left out by the reporter
    /// @param bytes     of the body that were sent
    /// @param nanos     from the request to the end of the answer
    /// @param agent     User-Agent, empty when absent
    /// @param range     the header `Range`, empty when absent
    /// @param program   what the file is, for the files of the boot index
    record Http(
            long atNanos,
            Who who,
            String method,
            String path,
            int status,
            long bytes,
            long nanos,
            String agent,
            String range,
            Optional<BootProgram> program)
            implements BootEvent {
        public Http {
            method = Printable.cut(method, 16);
            path = Printable.cut(path);
            agent = Printable.cut(agent);
            range = Printable.cut(range, 64);
        }

        public boolean good() {
            return status >= 200 && status < 400;
        }
    }

    /// Many fetches of packages, as one event; only the timeline makes these.
    ///
    /// @param until  when the last one began
    /// @param failed how many of them were not answered with the file
    record Packages(long atNanos, Who who, int count, int failed, long bytes, long until) implements BootEvent {}

    /// A TCP conversation on the wire whose requests could not be read.
    ///
    /// @param sent     bytes that the machine sent
    /// @param received bytes that it got
    /// @param over     whether its end was seen
    record Conversation(long atNanos, Who who, Endpoint server, long sent, long received, long nanos, boolean over)
            implements BootEvent {}

    /// A line of progress that the medium or the installer sent us.
    ///
    /// @param phase `medium`, `pre`, `packages`, `post`, `done`, `failed`, or another word
    record Report(long atNanos, Who who, String phase, String text) implements BootEvent {
        public Report {
            phase = Printable.cut(phase, 32);
            text = Printable.cut(text);
        }
    }

    /// Something that the machine told of itself in a request of its script: `memory-mb`, `serial`, `nic`.
    record Told(long atNanos, Who who, String name, String value) implements BootEvent {
        public Told {
            name = Printable.cut(name, 32);
            value = Printable.cut(value);
        }
    }

    /// The carrier of one of our interfaces came or went.
    record Link(long atNanos, Who who, String name, boolean up) implements BootEvent {
        public Link {
            name = Printable.cut(name, 32);
        }
    }

    /// What the policy decided, and for which door (`dhcp`, `tftp`, `http`).
    record Decided(long atNanos, Who who, String door, BootStep step) implements BootEvent {
        public Decided {
            door = Printable.cut(door, 16);
        }
    }

    /// An install order changed.
    ///
    /// @param by the person, where one did it
    record Order(long atNanos, Who who, OrderChange change, String profile, String by) implements BootEvent {
        public Order {
            profile = Printable.cut(profile);
            by = Printable.cut(by, 64);
        }
    }
}
