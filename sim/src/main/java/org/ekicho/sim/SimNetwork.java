package org.ekicho.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// One IPv4 subnet: a switch with a link to each node. What a node sends to the subnet's broadcast address or to a
/// group reaches every other node, each by its own luck.
public final class SimNetwork {
    /// Hears a datagram that is delivered to it.
    public interface Node {
        /// @param datagram its own copy, `receivedAtNanos` not yet set
        void deliver(Datagram datagram);

        /// Whether it joined this group.
        boolean isMember(IpAddress group);
    }

    /// Sees every datagram at the moment it is sent.
    public interface Tap {
        void sent(long trueNanos, IpAddress from, Datagram datagram);
    }

    private final SimQueue queue;
    private final RandomGenerator dice;
    private final IpPrefix subnet;
    private final SimLink usual;
    private final Map<IpAddress, Node> nodes = new HashMap<>();
    private final Map<IpAddress, SimLink> links = new HashMap<>();
    private final List<IpAddress> order = new ArrayList<>();
    private final List<Tap> taps = new ArrayList<>();

    /// @param usual the way between any two nodes unless told otherwise
    public SimNetwork(SimQueue queue, IpPrefix subnet, SimLink usual, RandomGenerator dice) {
        this.queue = queue;
        this.subnet = subnet;
        this.usual = usual;
        this.dice = dice;
    }

    public SimQueue queue() {
        return queue;
    }

    public IpPrefix subnet() {
        return subnet;
    }

    public IpAddress broadcastAddress() {
        int hosts = (int) (0xffff_ffffL >>> subnet.length());
        return IpAddress.ofV4(subnet.base().v4Bits() | hosts);
    }

    public void attach(IpAddress address, Node node) {
        if (nodes.put(address, node) != null) {
            throw new IllegalArgumentException(address + " is taken");
        }
        order.add(address);
    }

    /// From now on everything from and to this node takes this way: up from it, down to it.
    public void link(IpAddress address, SimLink link) {
        links.put(address, link);
    }

    public void tap(Tap tap) {
        taps.add(tap);
    }

    /// Sends now. The peer is the destination; the sender's address and port become the peer of what arrives.
    public void send(IpAddress from, int fromPort, Datagram datagram) {
        taps.forEach(tap -> tap.sent(queue.now(), from, datagram));
        IpAddress to = datagram.peer();
        if (to.isMulticast() || to.equals(broadcastAddress())) {
            for (IpAddress address : order) {
                Node node = nodes.get(address);
                if (!address.equals(from) && node != null && (!to.isMulticast() || node.isMember(to))) {
                    carry(from, fromPort, address, node, datagram);
                }
            }
            return;
        }
        Node node = nodes.get(to);
        if (node != null) {
            carry(from, fromPort, to, node, datagram);
        }
    }

    private void carry(IpAddress from, int fromPort, IpAddress to, Node node, Datagram datagram) {
        boolean special = links.containsKey(from);
        SimLink link = links.getOrDefault(special ? from : to, usual);
        SimLink.Direction direction = special ? SimLink.Direction.UP : SimLink.Direction.DOWN;
        link.carry(queue.now(), direction, dice, arrival -> {
            Datagram copy = datagram.copy();
            copy.local(datagram.peer(), 0);
            copy.peer(from, fromPort);
            queue.at(arrival, () -> node.deliver(copy));
        });
    }
}
