package org.ekicho.web.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The page of a folder: folders first, then files, by name, size or date; headings are links that sort.
public final class Listing {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// What a listing is sorted by.
    public enum By {
        NAME("name"),
        SIZE("size"),
        DATE("date");

        private final String word;

        By(String word) {
            this.word = word;
        }

        private Comparator<ListingEntry> order() {
            Comparator<ListingEntry> byName = Comparator.comparing(ListingEntry::name);
            return switch (this) {
                case NAME -> byName;
                case SIZE -> Comparator.comparingLong(ListingEntry::size).thenComparing(byName);
                case DATE ->
                    Comparator.comparingLong(ListingEntry::modifiedSeconds).thenComparing(byName);
            };
        }

        /// As in an address; any other word is the name.
        public static By of(String word) {
            for (By by : values()) {
                if (by.word.equals(word)) {
                    return by;
                }
            }
            return NAME;
        }
    }

    /// Which end comes first.
    public enum Direction {
        UP,
        DOWN;

        /// As in an address: `down`, else up.
        public static Direction of(String word) {
            return word.equals("down") ? DOWN : UP;
        }
    }

    private Listing() {}

    /// @param path    of the folder, begins and ends with a slash
    /// @param entries in any order
    public static String format(String path, List<ListingEntry> entries, By by, Direction direction) {
        List<ListingEntry> sorted = new ArrayList<>(entries);
        Comparator<ListingEntry> order =
                direction == Direction.UP ? by.order() : by.order().reversed();
        sorted.sort(Comparator.comparing((ListingEntry e) -> e.kind() == ListingEntry.Kind.FILE)
                .thenComparing(order));
        StringBuilder html = new StringBuilder(400 + 200 * entries.size());
        html.append("<h1>").append(crumbs(path)).append("</h1>\n<table><thead><tr>");
        heading(html, "Name", By.NAME, by, direction, "");
        heading(html, "Size", By.SIZE, by, direction, " class=\"n\"");
        heading(html, "Date<span class=\"t\"> (UTC)</span>", By.DATE, by, direction, "");
        html.append("</tr></thead><tbody>\n");
        if (!path.equals("/")) {
            html.append("<tr><td><a href=\"../\">../</a></td><td></td><td></td></tr>\n");
        }
        sorted.forEach(entry -> row(html, entry));
        html.append("</tbody></table>\n<p><small>").append(summary(entries)).append("</small></p>\n");
        return Html.page(path, html.toString());
    }

    /// The path, each folder of it a link.
    private static String crumbs(String path) {
        StringBuilder html = new StringBuilder("<a href=\"/\">mirror</a> / ");
        StringBuilder address = new StringBuilder("/");
        for (String part : path.substring(1).split("/", -1)) {
            if (!part.isEmpty()) {
                address.append(Html.part(part)).append('/');
                html.append("<a href=\"")
                        .append(address)
                        .append("\">")
                        .append(Html.text(part))
                        .append("</a> / ");
            }
        }
        return html.toString();
    }

    private static void heading(
            StringBuilder html, String label, By column, By by, Direction direction, String attributes) {
        boolean turns = column == by && direction == Direction.UP;
        html.append("<th")
                .append(attributes)
                .append("><a href=\"?by=")
                .append(column.word)
                .append(turns ? "&amp;order=down" : "")
                .append("\">")
                .append(label)
                .append(column == by ? direction == Direction.UP ? " ↑" : " ↓" : "")
                .append("</a></th>");
    }

    private static void row(StringBuilder html, ListingEntry entry) {
        boolean folder = entry.kind() == ListingEntry.Kind.FOLDER;
        String slash = folder ? "/" : "";
        String when = MINUTE.format(Instant.ofEpochSecond(entry.modifiedSeconds()));
        html.append("<tr><td><a href=\"./")
                .append(Html.part(entry.name()))
                .append(slash)
                .append("\">")
                .append(Html.text(entry.name()))
                .append(slash)
                .append("</a></td><td class=\"n\">")
                .append(folder ? "" : size(entry.size()))
                .append("</td><td class=\"d\">")
                .append(when, 0, 10)
                .append("<span class=\"t\">")
                .append(when, 10, when.length())
                .append("</span></td></tr>\n");
    }

    private static String summary(List<ListingEntry> entries) {
        long files = 0;
        long bytes = 0;
        for (ListingEntry entry : entries) {
            if (entry.kind() == ListingEntry.Kind.FILE) {
                files++;
                bytes += entry.size();
            }
        }
        long folders = entries.size() - files;
        return (folders == 0 ? "" : folders + (folders == 1 ? " folder, " : " folders, "))
                + files
                + (files == 1 ? " file, " : " files, ")
                + size(bytes);
    }

    /// `812 B`, `1.4 MB`: three digits at most, decimal units.
    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.5 && unit < 5) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f" : "%.0f", value) + " " + "kMGTPE".charAt(unit) + "B";
    }
}
