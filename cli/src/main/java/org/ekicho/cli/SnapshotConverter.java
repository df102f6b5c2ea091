package org.ekicho.cli;

import org.ekicho.mirror.snapshot.SnapshotRef;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A snapshot on the command line.
final class SnapshotConverter implements ITypeConverter<SnapshotRef> {
    @Override
    public SnapshotRef convert(String text) {
        return SnapshotRef.parse(text)
                .orElseThrow(() -> new TypeConversionException(
                        "\"" + text + "\" is no snapshot; it is REPO@ID, e.g. base@20261127T101500Z-3f2a9c01"));
    }
}
