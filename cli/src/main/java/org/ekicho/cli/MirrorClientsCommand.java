package org.ekicho.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ekicho.daemon.mirror.ClientReading;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.mirror.report.ClientReport;
import org.ekicho.mirror.report.ClientReportText;
import org.ekicho.mirror.report.ClientUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `ekicho mirror clients`: the access log, read.
@Command(
        name = "clients",
        description = "Who uses the mirror: last seen, system, channel, what it fetched, whether it is behind.",
        footer = {"", "Exit: 0 nobody shown is behind, 1 somebody is, 2 the log cannot be read."})
final class MirrorClientsCommand extends Printing implements Callable<Integer> {
    @Mixin
    private MirrorOption mirror = new MirrorOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = "--since",
            paramLabel = "AGE",
            defaultValue = "30d",
            converter = Age.class,
            description = "Only what was asked within this time: 12h, 7d (default: 30d).")
    private Duration since = Duration.ofDays(30);

    @Option(names = "--behind", description = "Only clients that are behind.")
    private boolean behind;

    @Option(names = "--idle", description = "Only clients that fetched no package.")
    private boolean idle;

    /// The report.
    ///
    /// @param clients   who was seen last first
    /// @param lines     of the log that were counted
    /// @param unread    lines that are not of the combined format
    /// @param forgotten clients that found no room
    record Clients(List<ClientUse> clients, long lines, long unread, long forgotten) {}

    /// Reads `90s`, `30m`, `12h`, `7d`, `4w`.
    static final class Age implements ITypeConverter<Duration> {
        private static final Pattern FORM = Pattern.compile("([0-9]{1,5})([smhdw])");

        @Override
        public Duration convert(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("\"" + text + "\" is no age; e.g. 12h or 7d");
            }
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                case "w" -> Duration.ofDays(7 * number);
                default -> Duration.ofDays(number);
            };
        }
    }

    @Override
    public Integer call() throws IOException {
        Instant now = Instant.now();
        MirrorFolder folder = mirror.openExisting();
        ClientReport report = ClientReading.read(folder, mirror.settings(), now.minus(since));
        List<ClientUse> shown = report.clients().stream()
                .filter(client -> !behind || client.isBehind())
                .filter(client -> !idle || client.packages() == 0)
                .toList();
        if (output.isJson()) {
            screen.json(new Clients(shown, report.lines(), report.unread(), report.forgotten()));
        } else {
            screen.print(ClientReportText.format(shown, now));
            if (report.unread() > 0) {
                screen.line(report.unread() + " lines of the log are not of the combined format");
            }
            if (report.forgotten() > 0) {
                screen.line(report.forgotten() + " clients more found no room in the report");
            }
        }
        return shown.stream().anyMatch(ClientUse::isBehind) ? Exit.NOT_GOOD : Exit.GOOD;
    }
}
