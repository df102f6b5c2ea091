package org.ekicho.mirror.bundle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.RefusedException;

/// What the receiver has once it imported a bundle, remembered by the site that made it: the ground of the next
/// increment.
///
/// @param bundle    the bundle
/// @param snapshots all that it stands for, also those that came in earlier bundles
/// @param objects   what these are made of, SHA-256 in hexadecimal digits
public record ExportRecord(BundleId bundle, List<SnapshotName> snapshots, Set<String> objects) {
    /// A million objects.
    public static final int MAX_BYTES = 128 << 20;

    public ExportRecord {
        snapshots = List.copyOf(snapshots);
        objects = Set.copyOf(objects);
    }

    public byte[] encode() {
        TextLines.Writer out = new TextLines.Writer()
                .line("ekicho-export", 1)
                .line("bundle", bundle)
                .line("snapshots", snapshots.size());
        snapshots.forEach(name -> out.line("snapshot", name.repo(), name.id()));
        out.line("objects", objects.size());
        objects.stream().sorted().forEach(sha256 -> out.line("object", sha256));
        return out.line("end").bytes();
    }

    public static Reading<ExportRecord> decode(byte[] bytes) {
        try {
            TextLines lines = new TextLines(bytes);
            lines.next("ekicho-export");
            if (lines.number(Integer.MAX_VALUE) != 1) {
                throw lines.refuse("the record has another format version than 1");
            }
            lines.next("bundle");
            String id = lines.field();
            if (!BundleId.isValid(id)) {
                throw lines.refuse("no id of a bundle");
            }
            List<SnapshotName> names = new ArrayList<>(Receipt.SnapshotNames.read(lines));
            Set<String> objects = new HashSet<>();
            lines.next("objects");
            for (int left = lines.count(Integer.MAX_VALUE); left > 0; left--) {
                lines.next("object");
                objects.add(lines.hex(64));
            }
            lines.next("end");
            lines.end();
            return new Reading.Done<>(new ExportRecord(new BundleId(id), names, objects));
        } catch (RefusedException e) {
            return new Reading.Refused<>(e.refusal());
        }
    }
}
