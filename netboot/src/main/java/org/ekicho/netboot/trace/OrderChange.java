package org.ekicho.netboot.trace;

/// What became of an install order.
public enum OrderChange {
    ARMED("armed"),
    USED("carried out: its kernel was fetched"),
    EXPIRED("expired"),
    CANCELLED("taken back");

    private final String words;

    OrderChange(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
