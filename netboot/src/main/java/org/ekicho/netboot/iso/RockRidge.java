package org.ekicho.netboot.iso;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.ekicho.wire.BigEndian;

/// What Rock Ridge says of one directory record (IEEE P1281 for the fields' frame, P1282 for the fields).
///
/// @param name       real name; empty when the record has none
/// @param linkTarget of a symbolic link
/// @param movedTo    sector of a folder that lies elsewhere because its place was too deep; -1 when it does
///                   not
/// @param moved      whether this record is such a folder at the place it was moved to, and not to be shown
///                   there
record RockRidge(Optional<String> name, Optional<String> linkTarget, long movedTo, boolean moved) {
    static final RockRidge NOTHING = new RockRidge(Optional.empty(), Optional.empty(), -1, false);

    /// Areas in which one record may go on; real ones need one.
    private static final int MAX_CONTINUATIONS = 32;
    /// Bytes of a name or a link's target, as Linux allows for a path.
    private static final int MAX_TEXT = 4_096;

    private static final int CONTINUES = 1;
    private static final int CURRENT = 2;
    private static final int PARENT = 4;
    private static final int ROOT = 8;

    /// Reads the fields of a record and of the areas that it names.
    ///
    /// @param skip bytes before the first field, as the top folder's `SP` says
    static RockRidge read(SectorReader reader, byte[] record, int from, int skip, String where)
            throws IOException, IsoRefusedException {
        return new Fields(reader, where).read(record, Math.min(record.length, from + skip));
    }

    /// The bytes to skip before fields when the top folder's `.` begins with `SP`; empty when Rock Ridge is
    /// not there.
    static Optional<Integer> skipOf(byte[] dot, int from) {
        // CD-ROM XA puts 14 bytes of its own before it.
        for (int at : new int[] {from, from + 14}) {
            if (at + 7 <= dot.length
                    && dot[at] == 'S'
                    && dot[at + 1] == 'P'
                    && (dot[at + 4] & 0xff) == 0xbe
                    && (dot[at + 5] & 0xff) == 0xef) {
                return Optional.of(BigEndian.u8(dot, at + 6));
            }
        }
        return Optional.empty();
    }

    /// One record's fields as they come by.
    private static final class Fields {
        private final SectorReader reader;
        private final String where;
        private final StringBuilder name = new StringBuilder();
        private final StringBuilder target = new StringBuilder();
        private boolean named;
        private boolean linked;
        private boolean partGoesOn;
        private long movedTo = -1;
        private boolean moved;
        private long areaAt;
        private long areaBytes;

        Fields(SectorReader reader, String where) {
            this.reader = reader;
            this.where = where;
        }

        RockRidge read(byte[] record, int from) throws IOException, IsoRefusedException {
            take(record, from);
            for (int areas = 0; areaBytes > 0; areas++) {
                if (areas == MAX_CONTINUATIONS || areaBytes > SectorReader.SECTOR) throw bad();
                byte[] area = reader.read(areaAt, (int) areaBytes, where);
                areaBytes = 0;
                take(area, 0);
            }
            return new RockRidge(
                    named ? Optional.of(name.toString()) : Optional.empty(),
                    linked ? Optional.of(target.toString()) : Optional.empty(),
                    movedTo,
                    moved);
        }

        private void take(byte[] area, int from) throws IsoRefusedException {
            int at = from;
            while (at + 4 <= area.length) {
                int length = BigEndian.u8(area, at + 2);
                if (length < 4 || at + length > area.length) return;
                String field = new String(area, at, 2, StandardCharsets.ISO_8859_1);
                switch (field) {
                    case "NM" -> takeName(area, at, length);
                    case "SL" -> takeTarget(area, at, length);
                    case "RE" -> moved = true;
                    case "CL" -> movedTo = length >= 12 ? SectorReader.low32(area, at + 4) : -1;
                    case "CE" -> {
                        if (length < 28) throw bad();
                        long offset = SectorReader.low32(area, at + 12);
                        areaAt = SectorReader.low32(area, at + 4) * SectorReader.SECTOR + offset;
                        areaBytes = SectorReader.low32(area, at + 20);
                    }
                    case "ST" -> {
                        return;
                    }
                    default -> {}
                }
                at += length;
            }
        }

        private void takeName(byte[] area, int at, int length) throws IsoRefusedException {
            if (length < 5) throw bad();
            int flags = area[at + 4];
            if ((flags & (CURRENT | PARENT)) != 0) return;
            named = true;
            name.append(new String(area, at + 5, length - 5, StandardCharsets.UTF_8));
            if (name.length() > MAX_TEXT) throw bad();
        }

        private void takeTarget(byte[] area, int at, int length) throws IsoRefusedException {
            linked = true;
            for (int part = at + 5; part + 2 <= at + length; ) {
                int flags = area[part];
                int bytes = BigEndian.u8(area, part + 1);
                if (part + 2 + bytes > at + length) throw bad();
                if (!partGoesOn && !target.isEmpty() && target.charAt(target.length() - 1) != '/') target.append('/');
                if ((flags & ROOT) != 0) target.append('/');
                else if ((flags & CURRENT) != 0) target.append('.');
                else if ((flags & PARENT) != 0) target.append("..");
                else target.append(new String(area, part + 2, bytes, StandardCharsets.UTF_8));
                partGoesOn = (flags & CONTINUES) != 0;
                part += 2 + bytes;
            }
            if (target.length() > MAX_TEXT) throw bad();
        }

        private IsoRefusedException bad() {
            return new IsoRefusedException(IsoReason.BAD_RECORD, where);
        }
    }
}
