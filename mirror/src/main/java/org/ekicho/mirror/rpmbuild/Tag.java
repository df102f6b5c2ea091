package org.ekicho.mirror.rpmbuild;

import java.util.Optional;

/// Numbers that packages are written with (rpm: include/rpm/rpmtag.h).
final class Tag {
    static final int I18N_TABLE = 100;
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
    static final int OS = 1021;
    static final int ARCH = 1022;
    static final int FILE_SIZES = 1028;
    static final int FILE_MODES = 1030;
    static final int FILE_RDEVS = 1033;
    static final int FILE_MTIMES = 1034;
    static final int FILE_DIGESTS = 1035;
    static final int FILE_LINK_TOS = 1036;
    static final int FILE_FLAGS = 1037;
    static final int FILE_USERS = 1039;
    static final int FILE_GROUPS = 1040;
    static final int SOURCE_RPM = 1044;
    static final int FILE_VERIFY_FLAGS = 1045;
    static final int RPM_VERSION = 1064;
    static final int CHANGELOG_TIME = 1080;
    static final int CHANGELOG_NAME = 1081;
    static final int CHANGELOG_TEXT = 1082;
    static final int FILE_DEVICES = 1095;
    static final int FILE_INODES = 1096;
    static final int FILE_LANGS = 1097;
    static final int SOURCE_PACKAGE = 1106;
    static final int DIR_INDEXES = 1116;
    static final int BASE_NAMES = 1117;
    static final int DIR_NAMES = 1118;
    static final int PAYLOAD_FORMAT = 1124;
    static final int PAYLOAD_COMPRESSOR = 1125;
    static final int PAYLOAD_FLAGS = 1126;
    static final int PLATFORM = 1132;
    static final int FILE_DIGEST_ALGO = 5011;
    static final int ENCODING = 5062;
    static final int PAYLOAD_DIGEST = 5092;
    static final int PAYLOAD_DIGEST_ALGO = 5093;
    static final int PAYLOAD_DIGEST_ALT = 5097;

    static final int SIG_SHA1 = 269;
    static final int SIG_SHA256 = 273;
    static final int SIG_SIZE = 1000;
    static final int SIG_MD5 = 1004;
    static final int SIG_PAYLOAD_SIZE = 1007;

    /// RFC 4880 §9.4.
    static final int ALGO_SHA256 = 8;

    private Tag() {}

    /// The architecture of a lead; programs of today ignore it.
    static short archNumber(String arch) {
        return switch (arch) {
            case "noarch" -> 255;
            case "aarch64" -> 19;
            default -> 1;
        };
    }

    /// The word in `name(x86-64)`; empty where rpmbuild adds none.
    static Optional<String> isa(String arch) {
        return switch (arch) {
            case "x86_64" -> Optional.of("x86-64");
            case "i386", "i586", "i686" -> Optional.of("x86-32");
            case "aarch64" -> Optional.of("aarch-64");
            case "ppc64le" -> Optional.of("ppc-64");
            case "s390x" -> Optional.of("s390-64");
            default -> Optional.empty();
        };
    }
}
