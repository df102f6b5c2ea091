package org.ekicho.cli;

import java.util.ArrayList;
import java.util.List;
import org.ekicho.daemon.multicast.MulticastTester;
import org.ekicho.wire.IpAddress;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What both ends of the multicast tester are told.
final class MulticastOptions {
    @Parameters(
            arity = "0..1",
            paramLabel = "GROUP",
            defaultValue = "224.0.1.1",
            converter = GroupConverter.class,
            description = "The group; ${DEFAULT-VALUE} (NTP's) if none is given.")
    IpAddress group = IpAddress.literal("224.0.1.1");

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "NAME",
            description = "By this interface; may be repeated. Without it: by all that can.")
    List<String> interfaces = new ArrayList<>();

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            defaultValue = "" + MulticastTester.PORT,
            description = "UDP port, the same at both ends; ${DEFAULT-VALUE} if none is given.")
    int port = MulticastTester.PORT;
}
