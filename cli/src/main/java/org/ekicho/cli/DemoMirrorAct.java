package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.ekicho.daemon.demo.Porter;
import org.ekicho.daemon.demo.Shed;
import org.ekicho.daemon.demo.Works;
import org.ekicho.daemon.mirror.sync.SyncReport;

/// The demo's second act: a repository, our mirror of it, and a client; real packages, files and HTTP on the loopback.
final class DemoMirrorAct implements AutoCloseable {
    private static final String OLD_LAMP = "1.0";
    private static final String NEW_LAMP = "2.0";

    private final DemoTeller teller;
    private final Works works;
    private final Shed shed;
    private final Porter porter;
    private final DemoGoals goals = new DemoGoals();

    /// @param folder where all of it lies; the caller removes it
    DemoMirrorAct(DemoTeller teller, Path folder) throws IOException {
        this.teller = teller;
        works = new Works(folder.resolve("works"));
        try {
            shed = new Shed(folder.resolve("shed"), works.address());
        } catch (IOException e) {
            works.close();
            throw e;
        }
        porter = new Porter(folder.resolve("porter"));
    }

    /// Plays it to its end.
    ///
    /// @return whether all of it happened
    boolean tell(DemoCommand.Fault fault) throws IOException {
        teller.title("The goods shed: a package mirror on the same loopback");
        int made = works.offer(OLD_LAMP);
        teller.plain("  works      " + works.address() + "  " + made + " packages, made just now");
        teller.plain("  shed       " + shed.address() + "/  our mirror of it");
        teller.plain("  porter     a client that knows the shed's mirrorlist only");
        teller.plain("");
        SyncReport first = synced();
        Porter.Visit before = visit();
        goals.add(
                "shed has published what works offers, every byte checked",
                first.outcome() == SyncReport.Outcome.PUBLISHED);
        goals.add(
                "porter fetched " + made + " packages of one snapshot, all checksums right",
                before.packages().size() == made);
        works.offer(NEW_LAMP);
        teller.say("works", "offers signal-lamp " + NEW_LAMP, DemoTeller.Tone.QUIET);
        String reason = fault == DemoCommand.Fault.mirror ? broken(before) : "";
        SyncReport last = synced();
        Porter.Visit after = visit();
        goals.add(
                "porter now gets signal-lamp " + NEW_LAMP + ", from a snapshot of its own",
                after.has(lamp(NEW_LAMP)) && !after.snapshot().equals(before.snapshot()));
        goals.add(
                "the first snapshot is still there for whoever is in the middle of it",
                last.isGood() && shed.snapshots() == 2);
        return summary(reason);
    }

    /// A package at the works changes behind its metadata's back; the shed must notice.
    private String broken(Porter.Visit before) throws IOException {
        works.damage(NEW_LAMP);
        teller.say("somebody", "damages that package at the works, one bit of it", DemoTeller.Tone.BAD);
        SyncReport refused = synced();
        Porter.Visit meanwhile = visit();
        goals.add("shed refuses the damaged package, says which and why", refused.badFiles() == 1 && !refused.isGood());
        goals.add("porter meanwhile gets the old snapshot, whole", meanwhile.equals(before));
        works.offer(NEW_LAMP);
        teller.say("works", "mends it", DemoTeller.Tone.QUIET);
        return refused.sentence();
    }

    private static String lamp(String version) {
        return "signal-lamp-" + version + "-1.noarch";
    }

    private SyncReport synced() throws IOException {
        SyncReport report = shed.sync();
        teller.say("shed", report.sentence(), report.isGood() ? DemoTeller.Tone.GOOD : DemoTeller.Tone.BAD);
        return report;
    }

    private Porter.Visit visit() throws IOException {
        Porter.Visit visit = porter.visit(shed.address() + "/mirrorlist/latest/" + Shed.REPO);
        teller.say("porter", "has fetched " + String.join(", ", visit.packages()), DemoTeller.Tone.GOOD);
        return visit;
    }

    private boolean summary(String reason) {
        boolean happened = goals.tell(teller);
        if (!reason.isEmpty()) {
            teller.plain("");
            teller.title("How you would see it: ekicho mirror list");
            teller.wrapped("  ", reason, DemoTeller.Tone.BAD);
            teller.wrapped("  ", "Then: tell upstream, and sync again when it is mended.", DemoTeller.Tone.QUIET);
        }
        return happened;
    }

    /// What to try while it runs on.
    void afterwards() {
        teller.plain("");
        teller.title("The mirror runs on, too. In a browser, or in another terminal:");
        teller.plain("  " + shed.address() + "/");
        teller.plain("  ekicho mirror list      --folder " + shed.root());
        teller.plain("  ekicho mirror snapshots --folder " + shed.root());
        teller.plain("  ekicho mirror clients   --folder " + shed.root());
    }

    @Override
    public void close() throws IOException {
        porter.close();
        shed.close();
        works.close();
    }
}
