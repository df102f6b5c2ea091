package org.ekicho.mirror.filter;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.ekicho.mirror.metadata.PackageEntry;
import org.ekicho.mirror.metadata.PackageTable;

/// Which packages of a table are kept, in the forms in which the different metadata files ask.
public final class KeptPackages {
    private final BitSet ordinals = new BitSet();
    private final Map<String, Integer> pkgids = new HashMap<>();
    private final Set<String> nevras = new HashSet<>();

    private KeptPackages() {}

    /// @param indexes which entries of the table
    public static KeptPackages of(PackageTable table, BitSet indexes) {
        KeptPackages kept = new KeptPackages();
        for (int i = indexes.nextSetBit(0); i >= 0; i = indexes.nextSetBit(i + 1)) {
            PackageEntry entry = table.entry(i);
            kept.ordinals.set(entry.ordinal());
            kept.pkgids.merge(entry.pkgid().hex(), 1, Integer::sum);
            kept.nevras.add(entry.nevraWithEpoch());
        }
        return kept;
    }

    public int count() {
        return ordinals.cardinality();
    }

    /// By the place among the `<package>` elements of primary.xml, from 0.
    public boolean hasOrdinal(int ordinal) {
        return ordinals.get(ordinal);
    }

    /// By the digits of the package's checksum, as filelists.xml and other.xml name it.
    public boolean hasPkgid(String digits) {
        return pkgids.containsKey(digits);
    }

    /// How many packages with this checksum are kept: more than one where the same bytes lie in two places.
    public int countOfPkgid(String digits) {
        return pkgids.getOrDefault(digits, 0);
    }

    /// By `name-epoch:version-release.arch`, as modules.yaml and updateinfo.xml name it.
    public boolean hasNevra(String nevraWithEpoch) {
        return nevras.contains(nevraWithEpoch);
    }
}
