package org.ekicho.mirror.repodata;

import java.nio.charset.StandardCharsets;

/// The metadata files that have one element per package: their names, and what stands before and after the packages.
/// The number of packages stands in the root, so that it is known before the first is written.
public enum MetadataRoots {
    PRIMARY(
            "primary",
            "metadata",
            "xmlns=\"http://linux.duke.edu/metadata/common\" xmlns:rpm=\"http://linux.duke.edu/metadata/rpm\""),
    FILELISTS("filelists", "filelists", "xmlns=\"http://linux.duke.edu/metadata/filelists\""),
    /// The same with digests of the files.
    FILELISTS_EXT("filelists-ext", "filelists-ext", "xmlns=\"http://linux.duke.edu/metadata/filelists-ext\""),
    OTHER("other", "otherdata", "xmlns=\"http://linux.duke.edu/metadata/other\"");

    private final String type;
    private final String element;
    private final String namespaces;

    MetadataRoots(String type, String element, String namespaces) {
        this.type = type;
        this.element = element;
        this.namespaces = namespaces;
    }

    /// Its type in repomd.xml.
    public String type() {
        return type;
    }

    /// The name of its root element.
    public String element() {
        return element;
    }

    /// What stands before the packages.
    public byte[] header(long packages) {
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + element + " " + namespaces + " packages=\"" + packages
                        + "\">\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// What stands after the packages; no line end, as createrepo_c has it.
    public byte[] footer() {
        return ("</" + element + ">").getBytes(StandardCharsets.US_ASCII);
    }
}
