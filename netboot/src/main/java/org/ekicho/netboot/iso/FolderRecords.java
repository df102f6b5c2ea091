package org.ekicho.netboot.iso;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ekicho.wire.BigEndian;

/// The records of a folder (ECMA-119 §9.1), each as its own bytes.
///
/// ```text
/// 0 length | 2 sector | 10 bytes | 25 flags | 32 length of identifier | 33 identifier, pad | fields of Rock Ridge
/// ```
final class FolderRecords {
    /// Where the fields of `.` begin: its identifier is one byte.
    static final int FIRST_FIELD = 34;
    /// Flag: this is a folder.
    static final int FOLDER = 0x02;
    /// Flag: this belongs to another file and is none itself.
    static final int ASSOCIATED = 0x04;
    /// Flag: the file goes on in the next record.
    static final int GOES_ON = 0x80;

    private static final int IDENTIFIER = 33;

    private FolderRecords() {}

    /// Cuts a folder's bytes into its records; the first two are the folder itself and the one above.
    static List<byte[]> of(byte[] folder, String where) throws IsoRefusedException {
        List<byte[]> records = new ArrayList<>();
        for (int at = 0; at < folder.length; ) {
            int length = BigEndian.u8(folder, at);
            if (length == 0) {
                // Records do not cross sectors; the rest of this one is empty.
                at = (at / SectorReader.SECTOR + 1) * SectorReader.SECTOR;
                continue;
            }
            if (length < FIRST_FIELD || at + length > folder.length) throw bad(where);
            byte[] record = Arrays.copyOfRange(folder, at, at + length);
            if (IDENTIFIER + BigEndian.u8(record, 32) > length) throw bad(where);
            records.add(record);
            at += length;
        }
        return records;
    }

    static byte[] identifier(byte[] record) {
        return Arrays.copyOfRange(record, IDENTIFIER, IDENTIFIER + BigEndian.u8(record, 32));
    }

    /// Where Rock Ridge's fields begin: behind the identifier, at an even place.
    static int fieldsAt(byte[] record) {
        int end = IDENTIFIER + BigEndian.u8(record, 32);
        return end + end % 2;
    }

    static int flags(byte[] record) {
        return BigEndian.u8(record, 25);
    }

    static IsoEntry.Extent extentOf(byte[] record) {
        return new IsoEntry.Extent(SectorReader.low32(record, 2) * SectorReader.SECTOR, SectorReader.low32(record, 10));
    }

    private static IsoRefusedException bad(String where) {
        return new IsoRefusedException(IsoReason.BAD_RECORD, where);
    }
}
