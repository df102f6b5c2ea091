package org.ekicho.netboot.trace.way;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.netboot.policy.BootWay;
import org.ekicho.netboot.policy.OfferForm;
import org.ekicho.wire.MacAddress;

/// The lines in which a `WayBook` is kept between runs. A line is `kind key… way`:
///
/// ```
/// model 52:54:00 PXEClient:Arch:00007:UNDI:003000 in-offer 1468 4 high-ports 0 tftp
/// worked 52:54:00:77:00:01 in-offer 1408 4 high-ports 0 tftp
/// tried 52:54:00:77:00:01 in-offer 1468 4 high-ports 0 tftp
/// next 52:54:00:77:00:01 ask-4011 1408 4 one-port 0 http
/// ```
///
/// In a vendor class, `%`, spaces and what is not ASCII stand as `%XXXX`; an empty one is `%`.
public final class WayBookCodec {
    /// Lines that are read of a file: more than a full book has.
    public static final int MAX_LINES = WayBook.MAX_MODELS + WayBook.MAX_MACHINES * (WayBook.MAX_TRIED + 2);

    private static final int WAY_WORDS = 6;

    private WayBookCodec() {}

    /// What could not be read is left out, and said.
    ///
    /// @param problems one sentence for each line that was left out
    public record Parsed(WayBook book, List<String> problems) {
        public Parsed {
            problems = List.copyOf(problems);
        }
    }

    public static String format(WayBook book) {
        StringBuilder text = new StringBuilder();
        book.models()
                .forEach((model, way) -> text.append("model ")
                        .append(model.maker())
                        .append(' ')
                        .append(escaped(model.vendorClass()))
                        .append(way(way)));
        book.machines().forEach((mac, known) -> {
            known.worked.ifPresent(way -> text.append("worked ").append(mac).append(way(way)));
            known.tried.forEach(way -> text.append("tried ").append(mac).append(way(way)));
            known.next.ifPresent(way -> text.append("next ").append(mac).append(way(way)));
        });
        return text.toString();
    }

    private static String way(BootWay way) {
        return " " + (way.form() == OfferForm.IN_OFFER ? "in-offer" : "ask-4011") + " " + way.largest() + " "
                + way.window() + " " + (way.onePort() ? "one-port" : "high-ports") + " " + way.loader() + " "
                + (way.viaHttp() ? "http" : "tftp") + "\n";
    }

    private static String escaped(String text) {
        if (text.isEmpty()) return "%";
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > ' ' && c < 0x7f && c != '%') {
                escaped.append(c);
            } else {
                escaped.append('%').append(String.format("%04x", (int) c));
            }
        }
        return escaped.toString();
    }

    /// Reads the lines into a book that changes ways by itself.
    public static Parsed parse(String text) {
        WayBook book = WayBook.automatic();
        List<String> problems = new ArrayList<>();
        String[] lines = text.split("\n", MAX_LINES + 1);
        for (int i = 0; i < Math.min(lines.length, MAX_LINES); i++) {
            String[] words = lines[i].strip().split(" +");
            if (words.length == 1 && words[0].isEmpty()) continue;
            if (!line(book, words)) {
                problems.add("line " + (i + 1) + ": no way to boot that this version knows; it is left out");
            }
        }
        return new Parsed(book, problems);
    }

    private static boolean line(WayBook book, String[] words) {
        boolean model = words[0].equals("model");
        int keys = model ? 3 : 2;
        if (words.length != keys + WAY_WORDS) return false;
        Optional<BootWay> way = way(words, keys);
        if (way.isEmpty()) return false;
        if (model) {
            Optional<String> vendorClass = unescaped(words[2]);
            if (!words[1].matches("[0-9a-f]{2}(:[0-9a-f]{2}){2}") || vendorClass.isEmpty()) return false;
            book.model(new BootModel(vendorClass.get(), words[1]), way.get());
            return true;
        }
        Optional<MacAddress> mac = MacAddress.parse(words[1]);
        if (mac.isEmpty()) return false;
        switch (words[0]) {
            case "worked" -> book.worked(mac.get(), way.get());
            case "tried" -> book.known(mac.get()).tried(way.get());
            case "next" -> book.known(mac.get()).next = way;
            default -> {
                return false;
            }
        }
        return true;
    }

    private static Optional<BootWay> way(String[] words, int at) {
        boolean shaped = words[at].matches("in-offer|ask-4011")
                && words[at + 1].matches("[0-9]{3,5}")
                && words[at + 2].matches("[0-9]{1,2}")
                && words[at + 3].matches("one-port|high-ports")
                && words[at + 4].matches("[0-9]{1,2}")
                && words[at + 5].matches("http|tftp");
        if (!shaped) return Optional.empty();
        int largest = Integer.parseInt(words[at + 1]);
        int window = Integer.parseInt(words[at + 2]);
        int loader = Integer.parseInt(words[at + 4]);
        boolean fits = largest >= BootWay.SMALLEST_BLOCK
                && largest <= BootWay.LARGEST_BLOCK
                && window >= 1
                && window <= BootWay.LARGEST_WINDOW
                && loader < BootWay.MAX_LOADERS;
        if (!fits) return Optional.empty();
        OfferForm form = words[at].equals("in-offer") ? OfferForm.IN_OFFER : OfferForm.ASK_4011;
        return Optional.of(new BootWay(
                form, largest, window, words[at + 3].equals("one-port"), loader, words[at + 5].equals("http")));
    }

    private static Optional<String> unescaped(String word) {
        if (word.equals("%")) return Optional.of("");
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(word)) return Optional.empty();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) != '%') {
                text.append(word.charAt(i));
                continue;
            }
            if (i + 5 > word.length() || !word.substring(i + 1, i + 5).matches("[0-9a-f]{4}")) return Optional.empty();
            text.append((char) Integer.parseInt(word.substring(i + 1, i + 5), 16));
            i += 4;
        }
        return Optional.of(text.toString());
    }
}
