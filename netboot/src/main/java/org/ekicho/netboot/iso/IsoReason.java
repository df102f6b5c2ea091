package org.ekicho.netboot.iso;

/// Why an image, or something in it, is refused.
public enum IsoReason {
    NOT_ISO9660("it is no ISO9660 image"),
    SHORT("it ends before what its directories name; was the download cut short?"),
    BAD_DESCRIPTOR("a volume descriptor holds impossible values"),
    BAD_RECORD("a directory record holds impossible values"),
    BAD_NAME("a name would lead out of its folder or holds signs that no file may have"),
    TWICE("a folder holds one name twice"),
    LOOP("folders lie within each other"),
    TOO_DEEP("folders are nested deeper than any real medium's"),
    TOO_MANY("there are more files than any real medium has"),
    TOO_LONG_A_FOLDER("a folder is longer than any real medium's"),
    BAD_CATALOG("the boot catalog holds impossible values");

    private final String sentence;

    IsoReason(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
