package org.ekicho.web.page;

/// What is said when there is no answer: what is wrong, and what to do.
public final class ErrorPage {
    private ErrorPage() {}

    /// For programs and terminals, one line.
    ///
    /// @param sentence what is wrong, without a full stop
    public static String text(int status, String sentence) {
        return status + ": " + sentence + "; the start page / shows what is offered\n";
    }

    /// For browsers.
    ///
    /// @param sentence what is wrong, without a full stop
    public static String html(int status, String sentence) {
        return Html.page(
                status + " · Package mirror",
                "<h1>Nothing here <small>" + status + "</small></h1>\n<p>The server says: " + Html.text(sentence)
                        + ".</p>\n<p>The <a href=\"/\">start page</a> shows what is offered. A client that was led here by"
                        + " its settings needs new ones: <a href=\"/client/latest.repo\">a .repo file</a>.</p>\n");
    }
}
