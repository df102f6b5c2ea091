package org.ekicho.netboot.iso;

/// In what an installer's answers are written.
public enum AnswerLanguage {
    KICKSTART("kickstart"),
    PRESEED("preseed"),
    AUTOINSTALL("autoinstall (cloud-init)"),
    AUTOYAST("AutoYaST"),
    AGAMA("Agama profile");

    private final String words;

    AnswerLanguage(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
