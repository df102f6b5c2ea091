package org.ekicho.daemon.multicast;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.ekicho.host.net.Interfaces;
import org.ekicho.host.net.NetInterface;
import org.ekicho.host.net.NetInterface.Trait;

/// Which interfaces the tester uses: those named, or all that can carry multicast.
public final class TesterInterfaces {
    private TesterInterfaces() {}

    /// @param names as the admin named them; none: all that are up, with carrier, and are neither `lo` nor a port of a
    /// bridge
    /// @throws IOException when there is none, or none of that name
    public static List<NetInterface> choose(List<String> names) throws IOException {
        return choose(names, Interfaces.list());
    }

    static List<NetInterface> choose(List<String> names, List<NetInterface> all) throws IOException {
        if (names.isEmpty()) {
            List<NetInterface> fit = all.stream()
                    .filter(one -> one.isReady()
                            && one.is(Trait.MULTICAST)
                            && !one.is(Trait.LOOPBACK)
                            && one.master().isEmpty())
                    .toList();
            if (fit.isEmpty()) {
                throw new IOException("no interface can carry multicast; ekicho doctor multicast says why");
            }
            return fit;
        }
        List<NetInterface> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(all.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no interface is called " + name + "; there are "
                            + all.stream().map(NetInterface::name).collect(Collectors.joining(", ")))));
        }
        return List.copyOf(chosen);
    }
}
