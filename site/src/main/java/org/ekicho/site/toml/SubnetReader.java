package org.ekicho.site.toml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.netboot.settings.SubnetSettings;
import org.ekicho.netboot.settings.SubnetSettings.Range;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// The `[[boot.subnet]]` tables.
final class SubnetReader {
    private final List<SectionReader> tables;
    private final Diagnostics problems;

    SubnetReader(List<SectionReader> tables, Diagnostics problems) {
        this.tables = tables;
        this.problems = problems;
    }

    List<SubnetSettings> settings() {
        List<SubnetSettings> subnets = new ArrayList<>();
        for (SectionReader table : tables) {
            Optional<IpPrefix> net = net(table);
            if (net.isEmpty()) continue;
            Optional<SubnetSettings> other = subnets.stream()
                    .filter(s -> s.net().contains(net.get().base())
                            || net.get().contains(s.net().base()))
                    .findFirst();
            if (other.isPresent()) {
                problems.add(Diagnostic.error(
                        table.at("net"), net.get() + " overlaps " + other.get().net() + ", which stands above"));
                continue;
            }
            subnets.add(new SubnetSettings(
                    net.get(),
                    ranges(table, net.get()),
                    addresses(table, "router", table.text("router").stream().toList()).stream()
                            .findFirst(),
                    addresses(table, "dns", table.texts("dns")),
                    table.text("domain"),
                    addresses(table, "ntp", table.texts("ntp")),
                    table.span("lease").orElse(SubnetSettings.DEFAULT_LEASE)));
        }
        return subnets;
    }

    private Optional<IpPrefix> net(SectionReader table) {
        Optional<String> text = table.requiredText("net");
        Optional<IpPrefix> net =
                text.flatMap(IpPrefix::parse).filter(n -> n.base().isV4() && n.length() >= 8 && n.length() <= 30);
        if (text.isPresent() && net.isEmpty()) {
            problems.add(
                    Diagnostic.error(table.at("net"), "net takes no \"" + SectionReader.printable(text.get()) + "\"")
                            .expected("an IPv4 net of /8 to /30")
                            .example("net = \"192.168.55.0/24\""));
        }
        return net;
    }

    private List<Range> ranges(SectionReader table, IpPrefix net) {
        List<Range> ranges = new ArrayList<>();
        List<String> texts = table.texts("ranges");
        for (int i = 0; i < texts.size(); i++) {
            Optional<Range> range = range(texts.get(i)).filter(r -> net.contains(r.first()) && net.contains(r.last()));
            if (range.isPresent()) {
                ranges.add(range.get());
            } else {
                problems.add(Diagnostic.error(
                                table.at("ranges", i),
                                "ranges takes no \"" + SectionReader.printable(texts.get(i)) + "\"")
                        .expected("FIRST-LAST, both in " + net)
                        .example("ranges = [\"192.168.55.100-192.168.55.199\"]"));
            }
        }
        return ranges;
    }

    private static Optional<Range> range(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            return Optional.empty();
        }
        Optional<IpAddress> first =
                IpAddress.parse(text.substring(0, dash).strip()).filter(IpAddress::isV4);
        Optional<IpAddress> last =
                IpAddress.parse(text.substring(dash + 1).strip()).filter(IpAddress::isV4);
        boolean good = first.isPresent()
                && last.isPresent()
                && Integer.compareUnsigned(first.get().v4Bits(), last.get().v4Bits()) <= 0;
        return good ? Optional.of(new Range(first.get(), last.get())) : Optional.empty();
    }

    private List<IpAddress> addresses(SectionReader table, String key, List<String> texts) {
        List<IpAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            Optional<IpAddress> address = IpAddress.parse(text).filter(IpAddress::isV4);
            if (address.isPresent()) {
                addresses.add(address.get());
            } else {
                problems.add(
                        Diagnostic.error(table.at(key), key + " takes no \"" + SectionReader.printable(text) + "\"")
                                .expected("an IPv4 address"));
            }
        }
        return addresses;
    }
}
