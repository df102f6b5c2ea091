package org.ekicho.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.ekicho.daemon.control.ClientList;
import org.ekicho.daemon.control.ControlRequest;
import org.ekicho.daemon.control.Question;
import org.ekicho.site.view.ClientsText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ekicho time clients`: who asked us, the newest first.
@Command(name = "clients", description = "Who asked for time: how often, by which key, and what became of it.")
final class TimeClientsCommand extends Printing implements Callable<Integer> {
    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "Show the newest N only.")
    private int limit;

    @Mixin
    private ControlOption control = new ControlOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws IOException {
        ClientList clients = control.ask(new ControlRequest(Question.CLIENTS, limit), ClientList.class);
        if (output.isJson()) {
            screen.json(clients);
        } else {
            screen.print(ClientsText.format(clients.clients(), clients.nowNanos()));
        }
        return Exit.GOOD;
    }
}
