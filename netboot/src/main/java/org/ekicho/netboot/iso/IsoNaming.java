package org.ekicho.netboot.iso;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Which of the names that an image may have are taken.
sealed interface IsoNaming {
    /// ISO9660's own, in small letters as Linux shows them: `VMLINUZ.;1` is `vmlinuz`.
    record Plain() implements IsoNaming {
        @Override
        public String name(byte[] identifier) {
            String name = new String(identifier, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
            String bare = withoutVersion(name);
            return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
        }
    }

    /// UCS-2 of the supplementary volume.
    record Joliet() implements IsoNaming {
        @Override
        public String name(byte[] identifier) {
            return withoutVersion(new String(identifier, StandardCharsets.UTF_16BE));
        }
    }

    /// Rock Ridge's; a record without such a name has its plain one.
    ///
    /// @param skip bytes before the fields of each record
    record WithRockRidge(int skip) implements IsoNaming {
        @Override
        public String name(byte[] identifier) {
            return new Plain().name(identifier);
        }
    }

    /// A record's name, without what only a folder's fields tell.
    String name(byte[] identifier);

    private static String withoutVersion(String name) {
        int semicolon = name.lastIndexOf(';');
        return semicolon > 0 ? name.substring(0, semicolon) : name;
    }
}
