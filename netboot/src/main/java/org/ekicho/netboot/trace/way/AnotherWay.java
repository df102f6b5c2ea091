package org.ekicho.netboot.trace.way;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ekicho.netboot.policy.BootWay;
import org.ekicho.netboot.policy.OfferForm;
import org.ekicho.netboot.trace.BootVerdict;

/// Which way is tried after one that failed: the verdict says what is in doubt, and exactly that is changed; what has
/// been tried is not tried again. Where nothing that we send can help, nothing is changed.
public final class AnotherWay {
    /// Sizes of blocks in the order in which they are tried: a full Ethernet frame, one with a tunnel's headers on it,
    /// and the two that everything has always taken.
    private static final List<Integer> BLOCKS = List.of(1468, 1408, 1024, 512);

    private AnotherWay() {}

    /// What there is to choose from for a machine.
    ///
    /// @param loaders how many loaders there are for its architecture
    /// @param http    whether its firmware can load by HTTP: UEFI since 2.5, iPXE as ROM
    public record Choices(int loaders, boolean http) {}

    /// The next way; empty when none is left, or none could help.
    ///
    /// @param way     that failed
    /// @param verdict over the attempt that went it
    /// @param tried   ways that failed before; the one that failed just now need not be among them
    /// @param choices what there is to choose from
    public static Optional<BootWay> next(BootWay way, BootVerdict verdict, Set<BootWay> tried, Choices choices) {
        return candidates(way, verdict, choices).stream()
                .filter(one -> !one.equals(way) && !tried.contains(one))
                .findFirst();
    }

    private static List<BootWay> candidates(BootWay way, BootVerdict verdict, Choices choices) {
        List<BootWay> ways = new ArrayList<>();
        switch (verdict.trouble()) {
            case NONE, NETWORK, AFTER -> {
                return List.of();
            }
            case FORM ->
                ways.add(way.withForm(way.form() == OfferForm.IN_OFFER ? OfferForm.ASK_4011 : OfferForm.IN_OFFER));
            case PORTS -> {
                ways.add(way.fromOnePort());
                ways.add(way.withLargest(BootWay.SMALLEST_BLOCK));
            }
            case BLOCKS -> smaller(way, ways);
            case COUNT ->
                BLOCKS.reversed().stream()
                        .filter(size -> size > way.largest())
                        .forEach(size -> ways.add(way.withLargest(size)));
            case LOSS -> {
                ways.add(way.withWindow(1));
                smaller(way, ways);
            }
            case FILE, PROGRAM -> {
                int count = Math.min(choices.loaders(), BootWay.MAX_LOADERS);
                for (int i = 1; i < count; i++) ways.add(way.withLoader((way.loader() + i) % count));
            }
        }
        if (choices.http()) ways.add(way.byHttp());
        return ways;
    }

    private static void smaller(BootWay way, List<BootWay> ways) {
        BLOCKS.stream().filter(size -> size < way.largest()).forEach(size -> ways.add(way.withLargest(size)));
    }
}
