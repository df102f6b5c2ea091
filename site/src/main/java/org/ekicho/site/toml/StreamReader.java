package org.ekicho.site.toml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.settings.BroadcastSettings;
import org.ekicho.ntp.settings.ReceiverSettings;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.toml.SectionReader.Switched;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// `[[time.broadcast]]` and `[time.receive]`.
final class StreamReader {
    private final SectionReader time;
    private final SiteKeys keys;
    private final Diagnostics problems;

    StreamReader(SectionReader time, SiteKeys keys, Diagnostics problems) {
        this.time = time;
        this.keys = keys;
        this.problems = problems;
    }

    List<BroadcastSettings> streams(List<SectionReader> tables) {
        List<BroadcastSettings> streams = new ArrayList<>();
        for (SectionReader table : tables) {
            stream(table).ifPresent(streams::add);
        }
        return streams;
    }

    private Optional<BroadcastSettings> stream(SectionReader table) {
        Optional<IpAddress> address = table.requiredText("address").flatMap(text -> {
            Optional<IpAddress> parsed = IpAddress.parse(text);
            if (parsed.isEmpty()) {
                problems.add(
                        Diagnostic.error(table.at("address"), "\"" + SectionReader.printable(text) + "\" is no address")
                                .expected("a multicast group or the broadcast address of a subnet")
                                .example("address = \"224.0.1.1\""));
            }
            return parsed;
        });
        List<String> interfaces = table.has("interfaces") ? table.texts("interfaces") : namedOfTime();
        if (interfaces.isEmpty() && !table.isWrong("interfaces") && !time.isWrong("interfaces")) {
            problems.add(Diagnostic.error(table.at(), "no interface is named that this stream leaves by")
                    .expected("interfaces, here or in [time]")
                    .example("interfaces = [\"eth0\"]"));
        }
        int key = keys.usable(table, "key");
        return address.map(a -> new BroadcastSettings(
                a,
                table.whole("port", 123),
                key,
                table.whole("poll", BroadcastSettings.DEFAULT_POLL),
                table.whole("ttl", 1),
                table.whole("version", 4),
                interfaces));
    }

    /// The names among the interfaces of [time]; it may list addresses, too.
    private List<String> namedOfTime() {
        return time.texts("interfaces").stream()
                .filter(i -> IpPrefix.parse(i).isEmpty())
                .toList();
    }

    ReceiverSettings receiver(SectionReader receive) {
        if (!receive.isPresent()) {
            return ReceiverSettings.OFF;
        }
        List<IpAddress> groups = groups(receive);
        boolean broadcast = receive.isOn("broadcast", Switched.OFF);
        if (!broadcast && !receive.has("groups")) {
            problems.add(Diagnostic.error(receive.at(), "[time.receive] names nothing to receive")
                    .expected("groups, or broadcast = true")
                    .example("groups = [\"224.0.1.1\"]"));
        }
        if (!receive.isOn("require-key", Switched.ON)) {
            problems.add(Diagnostic.warning(
                    receive.at("require-key"), "anybody in the LAN can set this clock by a forged broadcast"));
        } else if (keys.isEmpty()) {
            problems.add(Diagnostic.error(
                            receive.at(), "no trusted key is there, so no broadcast could be verified or followed")
                    .expected("keys in [time]")
                    .example("keys = \"/etc/ekicho/ntp.keys\""));
        }
        return new ReceiverSettings(
                broadcast,
                groups,
                receive.texts("interfaces"),
                receive.isOn("measure-delay", Switched.ON),
                Duration.ofNanos(Math.round(receive.decimal("delay-milliseconds", 4) * 1e6)),
                Duration.ofSeconds(receive.whole("remeasure-seconds", 2048)),
                Duration.ofMillis(Math.round(receive.decimal("start-spread-seconds", 30) * 1e3)),
                receive.whole("max-senders", ReceiverSettings.DEFAULT_SENDERS));
    }

    private List<IpAddress> groups(SectionReader receive) {
        List<IpAddress> groups = new ArrayList<>();
        List<String> texts = receive.texts("groups");
        for (int i = 0; i < texts.size(); i++) {
            Optional<IpAddress> group = IpAddress.parse(texts.get(i)).filter(IpAddress::isMulticast);
            group.ifPresent(groups::add);
            if (group.isEmpty()) {
                problems.add(Diagnostic.error(
                                receive.at("groups", i),
                                "\"" + SectionReader.printable(texts.get(i)) + "\" is no multicast group")
                        .expected("an address of 224.0.0.0/4 or ff00::/8")
                        .example("groups = [\"224.0.1.1\"]"));
            }
        }
        return groups;
    }
}
