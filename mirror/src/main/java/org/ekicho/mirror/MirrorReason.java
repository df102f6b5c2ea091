package org.ekicho.mirror;

/// Why the mirror refused, skipped or failed something. Log, console, counters and command line show the same sentence.
public enum MirrorReason {
    /// A location in metadata that would leave the repository, or is no plain relative path.
    BAD_LOCATION("its location is no plain path inside the repository"),
    /// Fewer or more bytes than the metadata says.
    WRONG_SIZE("its size is not what the metadata says"),
    /// Other bytes than the metadata says.
    WRONG_CHECKSUM("its checksum is not what the metadata says"),
    /// Neither RPM nor metadata: a login page, an error page with status 200, an empty file.
    NOT_WHAT_IT_SHOULD_BE("it is not what its name says, perhaps an error page of a proxy"),
    /// XML, YAML, INI or binary that breaks its format.
    MALFORMED("it breaks its format"),
    /// More than a named limit allows: a bomb, an endless attribute, a table of four billion entries.
    TOO_LARGE("it is larger than the limit for its kind"),
    /// A document type with entities, which repository metadata never needs.
    FORBIDDEN_XML("it declares XML entities, which repository metadata never needs"),
    /// A signature that is wrong, missing where one is required, or by a key that is not trusted here.
    BAD_SIGNATURE("its signature is missing or wrong, or its key is not trusted here"),
    /// Two packages of the same name, version and architecture with different bytes.
    DUPLICATE_PACKAGE("another package has the same name, version and architecture"),
    /// A requirement, or a name in a selection, that no package of the repository meets.
    NOTHING_PROVIDES("nothing in the repository provides it"),
    /// Upstream offers an older state than the one that was seen before.
    OLDER_THAN_SEEN("upstream is older than what was seen before"),
    /// Upstream changed while it was read.
    CHANGED_MEANWHILE("upstream changed while it was being read"),
    /// No mirror of the list answered with the file.
    NO_MIRROR_HAS_IT("no mirror of the list has it"),
    /// The connection broke, or nothing answered.
    UNREACHABLE("it could not be fetched"),
    /// The file system is full, or the margin that is kept free would be used.
    DISK_FULL("there is not enough room on the disk"),
    /// Somebody else works on the repository.
    LOCKED("another run works on it"),
    /// It is the current state of a channel, or within the grace time of one.
    IN_USE("it is in use");

    private final String sentence;

    MirrorReason(String sentence) {
        this.sentence = sentence;
    }

    /// The reason as the end of a sentence that begins with the thing's name.
    public String sentence() {
        return sentence;
    }
}
