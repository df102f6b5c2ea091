package org.ekicho.mirror.metadata;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.filter.KeptPackages;
import org.ekicho.mirror.filter.PackageListFilter;
import org.ekicho.mirror.metadata.PrimaryReader.Primary;
import org.ekicho.mirror.repodata.MetadataRoots;

/// primary.xml of anybody is read or refused; what was packed comes out again, and a copy of all of it reads the same.
public final class PrimaryFuzz {
    private PrimaryFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            read(data);
        } catch (IOException e) {
            throw FuzzCheck.never(e);
        }
    }

    private static void read(byte[] data) throws IOException {
        if (!(PrimaryReader.readTable(new ByteArrayInputStream(data))
                instanceof Reading.Done<Primary>(Primary primary))) {
            return;
        }
        PackageTable table = primary.packages();
        List<PackageEntry> entries = new ArrayList<>();
        table.forEach(entries::add);
        PackageTable again = PackageTable.of(entries);
        for (int i = 0; i < table.size(); i++) {
            FuzzCheck.check(again.entry(i).equals(table.entry(i)), "packed in another way");
            FuzzCheck.check(table.entry(i).sizes().packageFile() >= 0, "a negative size");
        }
        BitSet all = new BitSet();
        all.set(0, table.size());
        KeptPackages kept = KeptPackages.of(table, all);
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        Reading<Integer> copied =
                PackageListFilter.copy(MetadataRoots.PRIMARY, new ByteArrayInputStream(data), copy, kept);
        if (!FuzzCheck.copied(copied, new Reading.Done<>(table.size()))) return;
        Reading<Primary> reread = PrimaryReader.readTable(new ByteArrayInputStream(copy.toByteArray()));
        FuzzCheck.check(
                reread instanceof Reading.Done<Primary>(Primary same)
                        && same.packages().size() == table.size(),
                "a copy that reads otherwise: " + reread);
    }
}
