package org.ekicho.site.plan;

import static org.ekicho.site.plan.PlanLine.Verb.CONFLICT;
import static org.ekicho.site.plan.PlanLine.Verb.LISTEN;
import static org.ekicho.site.plan.PlanLine.Verb.NOTICE;
import static org.ekicho.site.plan.PlanLine.Verb.SERVE;
import static org.ekicho.site.plan.PlanLine.Verb.STORE;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.ekicho.netboot.policy.Unknown;
import org.ekicho.netboot.settings.BootSettings;
import org.ekicho.netboot.settings.DhcpMode;
import org.ekicho.netboot.settings.SubnetSettings;

/// The part of a plan that is about network installation.
final class BootPlanner {
    private final BootSettings boot;
    private final Set<String> interfaces;
    private final List<PlanLine> lines = new ArrayList<>();

    /// @param interfaces that this host has
    BootPlanner(BootSettings boot, Set<String> interfaces) {
        this.boot = boot;
        this.interfaces = interfaces;
    }

    List<PlanLine> lines() {
        add(LISTEN, boot.http().address() + ":" + boot.http().port() + ": boot files by HTTP");
        for (String name : boot.interfaces().stream().sorted().toList()) {
            listens(name);
        }
        serves();
        add(STORE, boot.folder() + ": trees, loaders, install orders, leases");
        if (boot.interfaces().isEmpty()) {
            add(NOTICE, "DHCP and TFTP answer nowhere: no interfaces in [boot]; see \"ekicho boot options\"");
        } else {
            add(NOTICE, "UDP ports 67, 69 and 4011 need root or the capability CAP_NET_BIND_SERVICE");
        }
        return lines;
    }

    private void add(PlanLine.Verb verb, String text) {
        lines.add(new PlanLine(verb, text));
    }

    private void listens(String name) {
        if (!interfaces.contains(name)) {
            add(CONFLICT, "there is no interface " + name + " on this host: name another in [boot], or bring it up");
        }
        switch (boot.dhcp()) {
            case PROXY -> add(LISTEN, name + ": DHCP beside another server (ports 67 and 4011), TFTP");
            case SERVER ->
                add(LISTEN, name + ": DHCP as the server (ports 67 and 4011), once no other server answers; TFTP");
            case OFF -> add(LISTEN, name + ": TFTP");
        }
    }

    private void serves() {
        if (boot.dhcp() == DhcpMode.SERVER) {
            for (SubnetSettings subnet : boot.subnets()) {
                String ranges = subnet.ranges().stream().map(Object::toString).collect(Collectors.joining(", "));
                add(
                        SERVE,
                        subnet.net() + ": addresses " + (ranges.isEmpty() ? "by reservation only" : ranges) + ", for "
                                + subnet.lease().toHours() + " h");
            }
        }
        add(SERVE, boot.rules().machines().size() + " known machines: their own disk unless an install order is armed");
        add(
                SERVE,
                "all others: "
                        + (boot.rules().unknown() == Unknown.MENU
                                ? "a menu that goes to the local disk"
                                : "their own disk"));
    }
}
