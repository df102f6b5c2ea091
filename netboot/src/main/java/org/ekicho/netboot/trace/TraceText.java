package org.ekicho.netboot.trace;

import java.util.Locale;

/// A trace as text: the page of `ekicho boot trace`, the lines of `ekicho boot watch`.
public final class TraceText {
    /// Longest text in the column of what happened; the rest of the line is for reasons.
    private static final int MOST_WHAT = 80;

    private TraceText() {}

    /// The whole attempt: a line for each step, then the verdict, then what to type; the last line offers a medium when
    /// one helps.
    public static String format(TraceView trace) {
        int what = trace.steps().stream()
                .mapToInt(step -> Math.min(MOST_WHAT, step.what().length()))
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder(256 + trace.steps().size() * 96);
        text.append(trace.mac());
        if (!trace.firmware().isEmpty()) text.append("  ").append(trace.firmware());
        trace.addresses().forEach(address -> text.append("  ").append(address));
        text.append("  attempt ").append(trace.attempt()).append('\n');
        if (!trace.order().isEmpty()) text.append(trace.order()).append('\n');
        for (TraceView.Step step : trace.steps()) {
            String line = String.format(
                    Locale.ROOT,
                    "%8.2f s  %-9s  %-" + Math.max(1, what) + "s  %-8s  %s",
                    step.seconds(),
                    step.stage(),
                    Printable.cut(step.what(), MOST_WHAT),
                    step.grade(),
                    step.why());
            text.append(line.stripTrailing()).append('\n');
        }
        text.append('\n')
                .append(trace.outcome().equals("FAILED") ? "FAILED: " : "")
                .append(trace.sentence());
        trace.notes().forEach(note -> text.append('\n').append(note));
        text.append("\nnext: ").append(trace.command()).append('\n');
        if (!trace.medium().isEmpty()) {
            text.append("or boot it from a medium made for it: ")
                    .append(trace.medium())
                    .append('\n');
        }
        return text.toString();
    }

    /// The newest state in one line: `52:54:00:77:00:01  12.9 s  loader     BOOTED    It booted: …`.
    public static String line(TraceView trace) {
        TraceView.Step last = trace.steps().isEmpty()
                ? new TraceView.Step(0, TraceStage.ROM.words(), "", Grade.OK.mark(), "")
                : trace.steps().getLast();
        String grade = last.grade().equals(Grade.OK.mark()) ? "" : " (" + last.grade() + ")";
        return String.format(
                        Locale.ROOT,
                        "%s  %7.1f s  %-9s  %-10s  %s",
                        trace.mac(),
                        last.seconds(),
                        last.stage(),
                        trace.outcome().toLowerCase(Locale.ROOT).replace('_', ' '),
                        trace.outcome().equals("GOING_ON") ? last.what() + grade : trace.sentence())
                .stripTrailing();
    }
}
