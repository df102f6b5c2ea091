package org.ekicho.web.page;

import java.nio.charset.StandardCharsets;

/// Text and addresses written into pages.
final class Html {
    /// What every page looks like: one column, readable on a phone, no script.
    private static final String STYLE = """
            :root{color-scheme:light dark;--line:#8885;--dim:#777}
            *{box-sizing:border-box}
            body{font:16px/1.45 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:1rem}
            h1{font-size:1.25rem;margin:.2rem 0 1rem;overflow-wrap:anywhere}
            h2{font-size:1.05rem;margin:1.6rem 0 .4rem}
            a{text-decoration:none}a:hover{text-decoration:underline}
            table{border-collapse:collapse;width:100%}
            th{text-align:left;font-weight:600;color:var(--dim)}
            th,td{padding:.45rem .5rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:top}
            td:first-child{overflow-wrap:anywhere}
            .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
            .d{white-space:nowrap;color:var(--dim);font-variant-numeric:tabular-nums}
            p,li{margin:.4rem 0}small,.dim{color:var(--dim)}
            pre{background:#8882;padding:.6rem .8rem;white-space:pre-wrap;overflow-wrap:anywhere;border-radius:.4rem}
            @media(max-width:34rem){.t{display:none}body{padding:.7rem}}
            """;

    private Html() {}

    /// A whole page.
    ///
    /// @param title plain text
    /// @param body  HTML
    static String page(String title, String body) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                + "<meta name=\"robots\" content=\"noindex\"><title>" + text(title) + "</title>\n<style>\n" + STYLE
                + "</style></head>\n<body>\n" + body + "</body></html>\n";
    }

    /// Plain text as HTML, also within quotes.
    static String text(String plain) {
        StringBuilder html = new StringBuilder(plain.length() + 16);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                // Characters that turn the reading direction could make a name look like another.
                case '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069' ->
                    html.append('\ufffd');
                default -> html.append(c < ' ' ? '\ufffd' : c);
            }
        }
        return html.toString();
    }

    /// A name as a part of an address (RFC 3986): everything but unreserved characters is escaped.
    static String part(String name) {
        StringBuilder address = new StringBuilder(name.length() + 16);
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || "-._~+".indexOf(c) >= 0) {
                address.append(c);
            } else {
                address.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return address.toString();
    }
}
