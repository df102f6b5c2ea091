package org.ekicho.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ekicho.daemon.mirror.ServedMirror;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.mirror.rpmbuild.PayloadCodec;
import org.ekicho.mirror.rpmbuild.RpmBuilder;
import org.ekicho.mirror.rpmbuild.RpmEntry;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.ServeSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho rehearse FOLDER`: runs the frequent commands once in one process, so that the Java machine can keep what it
/// learned of them (JEP 514, 515) and later starts are quick. Made for `dev/build`; what it needs is made in the
/// folder, and nothing leaves the loopback.
@Command(name = "rehearse", hidden = true, description = "Run the frequent commands once, for a start-up cache.")
final class RehearseCommand extends Printing implements Callable<Integer> {
    /// Often enough that what is called for each package is known to be hot.
    private static final int INDEXES = 2;

    /// Enough for what is done for each package and each buffer of it to be known as hot.
    private static final int FETCHES = 300;
    private static final int PACKAGE_BYTES = 300_000;

    @Parameters(paramLabel = "FOLDER", description = "An empty folder to work in.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(names = "--packages", required = true, description = "A folder with some packages.")
    @SuppressWarnings("NullAway.Init")
    private Path packages;

    private final List<String> failed = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        Path upstream = folder.resolve("upstream");
        for (int i = 0; i < INDEXES; i++) {
            play("mirror", "index", packages.toString());
        }
        play("mirror", "index", packages.toString(), "--update");
        play("mirror", "publish", distinct().toString(), "--as", "sample", "--folder", upstream.toString());
        ServeSettings serve = new ServeSettings(
                List.of("127.0.0.1:0"), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        MirrorSettings settings = MirrorSettings.of(upstream.toString(), List.of());
        try (Supervisor supervisor = new Supervisor();
                ServedMirror served =
                        new ServedMirror(MirrorFolder.open(upstream, settings), settings, serve, supervisor)) {
            syncFrom(served.listening().getFirst());
        }
        failed.forEach(command -> screen.problem("rehearsal: " + command));
        return failed.isEmpty() ? Exit.GOOD : Exit.NOT_GOOD;
    }

    /// Packages of which none is like another: a content that is there already is not fetched again.
    private Path distinct() throws IOException {
        Path made = Files.createDirectories(folder.resolve("distinct"));
        byte[] content = new byte[PACKAGE_BYTES];
        for (int i = 0; i < FETCHES; i++) {
            RpmBuilder builder =
                    RpmBuilder.of("sample" + i, "1.0", "1").add(RpmEntry.file("/usr/share/sample", content));
            Files.write(
                    made.resolve(builder.fileName()),
                    builder.payload(PayloadCodec.NONE).build());
        }
        return made;
    }

    private void syncFrom(String address) throws IOException {
        String mirror = folder.resolve("mirror").toString();
        Path repo = folder.resolve("sample.repo");
        Files.writeString(repo, "[sample]\nname=Sample\nbaseurl=" + address + "/latest/sample/\ngpgcheck=0\n");
        play("mirror", "add", repo.toString(), "--folder", mirror);
        play("mirror", "sync", "--dry-run", "--folder", mirror);
        play("mirror", "sync", "--folder", mirror);
        play("mirror", "sync", "--folder", mirror);
        play("mirror", "promote", "latest", "prod", "--folder", mirror);
        play("mirror", "snapshots", "--folder", mirror);
        play("mirror", "list", "--folder", mirror);
        play("mirror", "gc", "--dry-run", "--folder", mirror);
        play("mirror", "clients", "--folder", folder.resolve("upstream").toString());
        play("mirror", "--help");
    }

    /// Runs a command and forgets what it prints.
    private void play(String... command) {
        Screen nowhere = new Screen(
                new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), Screen.Colours.OFF);
        int code = Cli.run(nowhere, command);
        if (code != Exit.GOOD) {
            failed.add("ekicho " + String.join(" ", command) + " ended with " + code);
        }
    }
}
