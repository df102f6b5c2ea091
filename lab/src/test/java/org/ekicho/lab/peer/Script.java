package org.ekicho.lab.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.ekicho.lab.lan.Machine;
import org.ekicho.lab.lan.Outcome;

/// Small Python programs that do to a network what no honest program does.
public final class Script {
    private Script() {}

    /// Puts a datagram from port 123 to port 123 on the wire, from whatever address.
    public static void inject(Machine machine, String interfaceName, String from, String to, byte[] payload) {
        Outcome outcome = run(
                machine, "inject.py", interfaceName, from, to, HexFormat.of().formatHex(payload));
        if (outcome.exit() != 0) throw new IllegalStateException(outcome.transcript());
    }

    /// Asks a server for the time, once and without key.
    ///
    /// @return the address that answered and the answer's mode, as `192.168.10.1 mode 4`
    public static String whoAnswers(Machine machine, String server) {
        return run(machine, "ask.py", server).out().strip();
    }

    /// Asks all hosts of a link for their groups, as a querier of IGMP version 2 does.
    public static void igmpQuery(Machine machine, String ownAddress) {
        Outcome outcome = run(machine, "query.py", ownAddress);
        if (outcome.exit() != 0) throw new IllegalStateException(outcome.transcript());
    }

    private static Outcome run(Machine machine, String script, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("/usr/bin/python3", machine.file(script, read(script)).toString()));
        command.addAll(List.of(arguments));
        return machine.run(command.toArray(String[]::new));
    }

    private static String read(String script) {
        try (InputStream in = Script.class.getResourceAsStream(script)) {
            if (in == null) throw new IllegalStateException("no script " + script);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
