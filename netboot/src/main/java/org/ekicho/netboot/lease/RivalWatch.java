package org.ekicho.netboot.lease;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ekicho.netboot.dhcp.DhcpOptions;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.netboot.dhcp.DhcpType;
import org.ekicho.netboot.dhcp.OptionCode;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// Looks for other DHCP servers on one interface, before any address is given and all the time afterwards:
/// by asking, as a client would, and by listening. Two servers with one range give two machines one
/// address, so the newcomer stops: when another one is heard this one stands down, and stays so until a
/// person says otherwise.
///
/// A server that gives no address (a proxy) is none.
public final class RivalWatch {
    /// Where it is.
    public enum Stance {
        /// Asking; no address is given yet.
        LOOKING,
        /// Nobody else is there.
        SERVING,
        /// Somebody else is; no address is given.
        STOOD_DOWN
    }

    private static final long SECOND = 1_000_000_000L;
    /// Questions that must stay without answer before addresses are given; one alone may be lost.
    private static final int QUIET = 3;
    /// Between two questions at the begin: servers that check an address first answer within 3 s at most
    /// in all.
    private static final long ASK_NANOS = 2 * SECOND;
    /// Between two questions afterwards.
    private static final long ASK_AGAIN_NANOS = 300 * SECOND;
    /// Own questions that are remembered, to know them when they come back by broadcast.
    private static final int REMEMBERED = 8;

    private final MacAddress mac;
    private final IpAddress ours;
    private final RandomGenerator dice;
    private final Deque<Integer> asked = new ArrayDeque<>();
    /// Written by the thread that owns it; views read it.
    private volatile Stance stance = Stance.LOOKING;
    private volatile Optional<IpAddress> rival = Optional.empty();
    private int sent;
    private long due;

    /// @param mac  of the interface
    /// @param ours our address on it
    public RivalWatch(MacAddress mac, IpAddress ours, RandomGenerator dice, long nowNanos) {
        this.mac = mac;
        this.ours = ours;
        this.dice = dice;
        this.due = nowNanos;
    }

    public Stance stance() {
        return stance;
    }

    /// Who made us stand down.
    public Optional<IpAddress> rival() {
        return rival;
    }

    /// When [#advance] has something to do, by the monotonic clock.
    public long dueNanos() {
        return due;
    }

    /// What is to be done now.
    public List<RivalAction> advance(long nowNanos) {
        if (due - nowNanos > 0) return List.of();
        if (stance == Stance.LOOKING && sent == QUIET) {
            stance = Stance.SERVING;
            due = nowNanos + ASK_AGAIN_NANOS;
            return List.of(new RivalAction.Serve());
        }
        if (stance == Stance.LOOKING) sent++;
        due = nowNanos + (stance == Stance.LOOKING ? ASK_NANOS : ASK_AGAIN_NANOS);
        return List.of(new RivalAction.Probe(question()));
    }

    /// A reply that was heard on the interface, to whomever.
    ///
    /// @param from who sent it
    public List<RivalAction> heard(DhcpPacket packet, IpAddress from) {
        boolean gives = packet.fromServer()
                && !packet.yiaddr().isAny()
                && packet.type()
                        .filter(type -> type == DhcpType.OFFER || type == DhcpType.ACK)
                        .isPresent();
        IpAddress who = packet.options().address(OptionCode.SERVER_ID).orElse(from);
        if (!gives || who.equals(ours) || from.equals(ours)) return List.of();
        boolean news = stance != Stance.STOOD_DOWN || !rival.equals(Optional.of(who));
        stance = Stance.STOOD_DOWN;
        rival = Optional.of(who);
        return news ? List.of(new RivalAction.StandDown(who, packet.yiaddr())) : List.of();
    }

    /// A person says that the other server is gone: look again, and serve when nobody answers.
    public void resume(long nowNanos) {
        stance = Stance.LOOKING;
        rival = Optional.empty();
        sent = 0;
        due = nowNanos;
    }

    /// The last question did not leave: its silence says nothing.
    public void notSent() {
        if (stance == Stance.LOOKING && sent > 0) sent--;
    }

    /// A machine took another server's offer, or something else makes it likely that there is one: ask at
    /// once.
    public void suspect(long nowNanos) {
        if (stance == Stance.SERVING && due - nowNanos > ASK_NANOS) due = nowNanos;
    }

    /// Whether this is one of our own questions, which come back to our own port.
    public boolean isOwn(DhcpPacket packet) {
        return packet.mac().equals(mac) && asked.contains(packet.xid());
    }

    private DhcpPacket question() {
        int xid = dice.nextInt();
        if (asked.size() == REMEMBERED) asked.removeFirst();
        asked.addLast(xid);
        DhcpOptions options = DhcpOptions.builder()
                .set8(OptionCode.MESSAGE_TYPE, DhcpType.DISCOVER.code())
                .set(OptionCode.PARAMETER_LIST, (byte) OptionCode.SUBNET_MASK, (byte) OptionCode.ROUTER)
                .build();
        IpAddress none = IpAddress.ANY_V4;
        return new DhcpPacket(false, 0, xid, 0, true, none, none, none, none, mac, "", "", options);
    }
}
