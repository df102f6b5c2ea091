package org.ekicho.mirror.sync;

import java.util.List;
import java.util.Locale;
import org.ekicho.mirror.snapshot.SnapshotFile;

/// Writes a plan for people.
final class SyncPlanText {
    /// Problems and dropped files listed one by one; the rest is a number.
    private static final int MAX_LISTED = 20;

    private SyncPlanText() {}

    static String format(SyncPlan plan) {
        StringBuilder text = new StringBuilder();
        SyncPlan.Totals totals = plan.totals();
        text.append(plan.repo()).append(": ");
        text.append(totals.packages()).append(" packages, ").append(bytes(totals.packageBytes()));
        text.append(plan.revision().isEmpty() ? "" : ", revision " + plan.revision())
                .append('\n');
        plan.held().ifPresent(why -> text.append("  held   ").append(why).append('\n'));
        text.append("  fetch  ")
                .append(count(totals.fetchFiles(), totals.fetchBytes()))
                .append(reasons(plan));
        text.append('\n');
        text.append("  link   ")
                .append(count(totals.linkFiles(), totals.linkBytes()))
                .append('\n');
        text.append("  drop   ")
                .append(count(totals.dropFiles(), totals.dropBytes()))
                .append('\n');
        if (totals.leftOut() > 0) {
            text.append("  leave  ").append(totals.leftOut()).append(" packages that are not selected\n");
        }
        List<SyncPlan.Fetch> changed = plan.fetches().stream()
                .filter(f -> f.why() == SyncPlan.Why.CHANGED && f.kind() == SnapshotFile.Kind.PACKAGE)
                .toList();
        for (SyncPlan.Fetch fetch : changed.subList(0, Math.min(MAX_LISTED, changed.size()))) {
            text.append("  ~ ").append(fetch.path()).append(" (other bytes under the same name)\n");
        }
        more(text, changed.size(), "changed packages");
        for (SyncPlan.Drop drop :
                plan.drops().subList(0, Math.min(MAX_LISTED, plan.drops().size()))) {
            text.append("  - ")
                    .append(drop.path())
                    .append(" (")
                    .append(word(drop.why()))
                    .append(")\n");
        }
        more(text, plan.drops().size(), "dropped files");
        for (SyncPlan.Problem problem :
                plan.problems().subList(0, Math.min(MAX_LISTED, plan.problems().size()))) {
            text.append("  ! ").append(problem.what()).append(": ").append(problem.refusal());
            text.append(" (").append(word(problem.weight())).append(")\n");
        }
        more(text, plan.problems().size(), "problems");
        return text.toString();
    }

    private static void more(StringBuilder text, int count, String what) {
        if (count > MAX_LISTED) {
            text.append("  … and ")
                    .append(count - MAX_LISTED)
                    .append(" more ")
                    .append(what)
                    .append('\n');
        }
    }

    /// `: 53 new, 2 changed, 3 metadata files`.
    private static String reasons(SyncPlan plan) {
        StringBuilder text = new StringBuilder();
        for (SyncPlan.Why why : SyncPlan.Why.values()) {
            long count = plan.fetches().stream().filter(f -> f.why() == why).count();
            if (count > 0) {
                text.append(text.isEmpty() ? ": " : ", ")
                        .append(count)
                        .append(' ')
                        .append(word(why));
            }
        }
        long metadata = plan.records().stream().filter(RecordStep::mustFetch).count();
        if (metadata > 0) {
            text.append(text.isEmpty() ? ": " : ", ").append(metadata).append(" metadata");
        }
        return text.toString();
    }

    private static String count(int files, long bytes) {
        return files + (files == 1 ? " file, " : " files, ") + bytes(bytes);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// `0 B`, `1.5 MB`; powers of ten, as disks and lines are sold.
    static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        String[] units = {"kB", "MB", "GB", "TB", "PB", "EB"};
        double value = bytes / 1000.0;
        int unit = 0;
        while (value >= 999.95 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}
