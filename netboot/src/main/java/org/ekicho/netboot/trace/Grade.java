package org.ekicho.netboot.trace;

/// How a step went.
public enum Grade {
    OK("ok"),
    /// Looks like a failure and is none: size probes, files that loaders always ask for.
    EXPECTED("expected"),
    SLOW("slow"),
    FAILED("FAILED");

    private final String mark;

    Grade(String mark) {
        this.mark = mark;
    }

    public String mark() {
        return mark;
    }
}
