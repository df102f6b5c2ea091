package org.ekicho.mirror.metadata;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.filter.KeptPackages;
import org.ekicho.mirror.filter.UpdateInfoFilter;

/// updateinfo.xml of anybody is read or refused; a copy with nothing kept has no package.
public final class UpdateInfoFuzz {
    private UpdateInfoFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            read(data);
        } catch (IOException e) {
            throw FuzzCheck.never(e);
        }
    }

    private static void read(byte[] data) throws IOException {
        Reading<Integer> read = UpdateInfoReader.read(new ByteArrayInputStream(data), advisory -> {});
        if (read instanceof Reading.Refused) {
            return;
        }
        KeptPackages none = KeptPackages.of(PackageTable.of(List.of()), new BitSet());
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        Reading<Integer> copied = UpdateInfoFilter.copy(new ByteArrayInputStream(data), copy, none);
        if (copied instanceof Reading.Refused && !FuzzCheck.copied(copied, read)) return;
        Reading<Integer> reread = UpdateInfoReader.read(
                new ByteArrayInputStream(copy.toByteArray()),
                advisory -> FuzzCheck.check(advisory.packages().isEmpty(), "a package that is not kept"));
        FuzzCheck.check(reread.equals(copied), "a copy that reads otherwise: " + reread);
    }
}
