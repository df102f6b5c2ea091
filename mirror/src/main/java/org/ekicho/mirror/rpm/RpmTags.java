package org.ekicho.mirror.rpm;

/// Numbers of the tags and bits that a repository needs (`rpm/rpmtag.h`, `rpm/rpmds.h`).
final class RpmTags {
    static final int REGION_SIGNATURE = 62;
    static final int REGION_MAIN = 63;
    static final int REGION_IMAGE = 61;
    /// Smaller numbers are regions; nothing else may have them.
    static final int FIRST_PLAIN = 100;

    // The signature header.
    static final int SIG_SHA1 = 269;
    static final int SIG_LONG_ARCHIVE_SIZE = 271;
    static final int SIG_SHA256 = 273;
    static final int SIG_SIZE = 1000;
    static final int SIG_LONG_SIZE = 270;
    static final int SIG_MD5 = 1004;
    static final int SIG_ARCHIVE_SIZE = 1007;
    static final int SIG_SHA3_256 = 279;

    // The main header.
    static final int NAME = 1000;
    static final int VERSION = 1001;
    static final int RELEASE = 1002;
    static final int EPOCH = 1003;
    static final int SUMMARY = 1004;
    static final int DESCRIPTION = 1005;
    static final int BUILD_TIME = 1006;
    static final int BUILD_HOST = 1007;
    static final int SIZE = 1009;
    static final int VENDOR = 1011;
    static final int LICENSE = 1014;
    static final int PACKAGER = 1015;
    static final int GROUP = 1016;
    static final int URL = 1020;
    static final int ARCH = 1022;
    static final int OLD_FILE_NAMES = 1027;
    static final int FILE_MODES = 1030;
    static final int FILE_DIGESTS = 1035;
    static final int FILE_FLAGS = 1037;
    static final int SOURCE_RPM = 1044;
    static final int ARCHIVE_SIZE = 1046;
    static final int CHANGELOG_TIME = 1080;
    static final int CHANGELOG_NAME = 1081;
    static final int CHANGELOG_TEXT = 1082;
    static final int SOURCE_PACKAGE = 1106;
    static final int DIR_INDEXES = 1116;
    static final int BASE_NAMES = 1117;
    static final int DIR_NAMES = 1118;
    static final int LONG_SIZE = 5009;
    static final int FILE_DIGEST_ALGO = 5011;
    static final int PAYLOAD_SHA256 = 5092;
    static final int PAYLOAD_DIGEST_ALGO = 5093;
    static final int PAYLOAD_SHA512 = 5121;
    static final int PAYLOAD_SHA3_256 = 5123;

    // Bits of dependencies.
    static final int SENSE_MASK = 15;
    static final int SENSE_LESS = 2;
    static final int SENSE_GREATER = 4;
    static final int SENSE_EQUAL = 8;
    static final int MISSING_OK = 1 << 19;
    static final int STRONG = 1 << 27;
    /// PREREQ, POSTTRANS, PRETRANS, SCRIPT_PRE, SCRIPT_POST: needed before the scripts run.
    static final int PRE = 1 << 6 | 1 << 5 | 1 << 7 | 1 << 9 | 1 << 10;

    // Bits of files.
    static final int FILE_GHOST = 64;
    static final int MODE_TYPE = 0xf000;
    static final int MODE_DIR = 0x4000;

    private RpmTags() {}
}
