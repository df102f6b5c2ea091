package org.ekicho.mirror.metadata;

import java.util.List;

/// One document of modules.yaml.
///
/// @param kind      what it is
/// @param name      of the module
/// @param stream    empty in defaults, which concern the module
/// @param version   decimal digits; of a [Kind#MODULE] only
/// @param context   empty when absent
/// @param arch      empty when absent
/// @param artifacts `name-epoch:version-release.arch` of its packages
/// @param text      the document as it stands in the file, with its `---` and the end of its last line
public record ModuleDocument(
        Kind kind,
        String name,
        String stream,
        String version,
        String context,
        String arch,
        List<String> artifacts,
        String text) {
    /// What a document is.
    public enum Kind {
        /// A build of a stream (`modulemd`).
        MODULE,
        /// Which stream is the default (`modulemd-defaults`).
        DEFAULTS,
        /// Which stream is at its end (`modulemd-obsoletes`).
        OBSOLETES,
        /// Texts in other languages (`modulemd-translations`).
        TRANSLATIONS,
        /// Anything else, such as a future kind.
        OTHER
    }

    public ModuleDocument {
        artifacts = List.copyOf(artifacts);
    }

    /// `name:stream:version:context:arch`.
    public String nsvca() {
        return name + ":" + stream + ":" + version + ":" + context + ":" + arch;
    }

    /// `name:stream`.
    public String nameStream() {
        return name + ":" + stream;
    }
}
