package org.ekicho.web;

import java.util.Locale;

/// Why a request or a connection was refused. Status, log and counters show the same sentence.
public enum WebReason {
    TOO_LONG("the path is longer than any of ours"),
    NO_PATH("the target is no path"),
    BAD_ESCAPE("a percent escape in the path is none, or is no UTF-8"),
    CONTROL_CHARACTER("the path holds a control character"),
    BACKSLASH("the path holds a backslash"),
    ENCODED_SLASH("the path holds an encoded slash"),
    EMPTY_PART("the path holds two slashes in a row"),
    DOTS("the path holds . or .. as a part"),
    HIDDEN("the path names a hidden file"),
    LEAVES_THE_FOLDER("a link leads out of the mirror's folder"),
    NO_PLAIN_FILE("it is neither a file nor a folder"),
    NOT_THERE("there is nothing at this path"),
    UNREADABLE("it cannot be read now; the server's log says why"),
    BUSY("too much waits for the disk already"),
    METHOD("the method is neither GET nor HEAD"),
    MALFORMED("the request breaks HTTP, or its head is larger than the limit"),
    TOO_MANY_CONNECTIONS("its address has too many connections"),
    TOO_SLOW("it took longer than the limit to ask or to take the answer"),
    OUR_FAULT("the server made a mistake, which is in its log");

    private final String sentence;

    WebReason(String sentence) {
        this.sentence = sentence;
    }

    /// The reason in words.
    public String sentence() {
        return sentence;
    }

    /// The reason as a label: `leaves-the-folder`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
