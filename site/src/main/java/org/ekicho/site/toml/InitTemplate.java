package org.ekicho.site.toml;

import java.util.List;
import java.util.stream.Collectors;

/// The site file that `ekicho init` writes: what was answered, and beside it in comments what else can be said.
public final class InitTemplate {
    private InitTemplate() {}

    /// The file's text; it reads without any problem once its key file is there.
    public static String render(InitAnswers answers) {
        return head(answers) + time(answers) + sources(answers) + streams(answers) + rest();
    }

    private static String head(InitAnswers answers) {
        return """
                # The site file of Ekicho. Every key is explained in docs/site-file.md.
                #   ekicho check         tells every mistake with its place
                #   ekicho check --plan  tells what a start would do on this host
                #   ekicho serve         starts

                [site]
                name = %s
                """.formatted(quote(answers.siteName()));
    }

    private static String time(InitAnswers answers) {
        String interfaces = answers.interfaces().isEmpty()
                ? "# Interfaces that take part; without this line all of them.\n# interfaces = [\"eth0\", \"eth0.20\"]\n"
                : "# Interfaces that take part.\ninterfaces = " + list(answers.interfaces()) + "\n";
        String keys = answers.keyFile()
                .map(file -> """
                        # Symmetric keys, mode 0640. Made by: ekicho time keys generate --for ntpd
                        keys = %s
                        trusted-keys = [%s]
                        """.formatted(quote(file), Integer.toUnsignedString(answers.keyId())))
                .orElse("""
                        # Symmetric keys, mode 0640. Make them by: ekicho time keys generate --for ntpd
                        # keys = "/etc/ekicho/ntp.keys"
                        # trusted-keys = [10]
                        """);
        return """

                [time]
                # "observe" reads this host's clock and never changes it; "steer" corrects it.
                clock = "observe"
                """ + interfaces + keys + """
                # Nets that are served; without this line everybody. Nets that may look by ntpq.
                # allow = ["192.168.55.0/24"]
                # query = ["192.168.55.0/24"]
                # A classic ntp.conf can say all the rest of [time] instead:
                # ntp-conf = "/etc/ntp.conf"
                """;
    }

    private static String sources(InitAnswers answers) {
        if (answers.servers().isEmpty()) {
            return """

                    # An isolated site: this host's clock is its time, believed when nothing better was there for a while.
                    [time.local-clock]
                    stratum = 10

                    # Servers to take the time from:
                    # [[time.server]]
                    # address = "ntp1.lan"
                    # key = 10
                    """;
        }
        String key = answers.keyFile().isPresent()
                ? "# key = " + Integer.toUnsignedString(answers.keyId()) + "   # when the server has the same key\n"
                : "";
        return "\n# Servers to take the time from.\n"
                + answers.servers().stream()
                        .map(server -> "[[time.server]]\naddress = " + quote(server) + "\n" + key)
                        .collect(Collectors.joining("\n"));
    }

    private static String streams(InitAnswers answers) {
        if (answers.multicast().isEmpty()) {
            return """

                    # Multicasts, for receivers that only listen; sent by the interfaces that are named:
                    # [[time.broadcast]]
                    # address = "224.0.1.1"
                    # interfaces = ["eth0"]
                    # key = 10
                    """;
        }
        InitAnswers.Multicast multicast = answers.multicast().get();
        String key = answers.keyFile().isPresent()
                ? "key = " + Integer.toUnsignedString(answers.keyId()) + "\n"
                : "# Without a key nobody can tell this stream from a forged one.\n# key = 10\n";
        return """

                # Multicasts, for receivers that only listen.
                [[time.broadcast]]
                address = %s
                interfaces = %s
                """.formatted(quote(multicast.group()), list(multicast.interfaces())) + key;
    }

    private static String rest() {
        return """

                # Following the multicasts of another server:
                # [time.receive]
                # groups = ["224.0.1.1"]

                # A package mirror of the repositories that ordinary .repo files name. Nothing is served unless the
                # table [mirror.serve] is there. More of them: ekicho mirror add FILE|URL
                # [mirror]
                # folder = "/var/lib/ekicho/mirror"
                # repo-files = ["repos.d/*.repo"]
                # [mirror.vars]
                # releasever = "9"
                # [mirror.serve]
                # listen = ["0.0.0.0:80", "[::]:80"]
                """;
    }

    private static String list(List<String> items) {
        return items.stream().map(InitTemplate::quote).collect(Collectors.joining(", ", "[", "]"));
    }

    /// A basic string of TOML.
    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
