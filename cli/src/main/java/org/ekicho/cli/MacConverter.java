package org.ekicho.cli;

import org.ekicho.wire.MacAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A hardware address on the command line.
final class MacConverter implements ITypeConverter<MacAddress> {
    @Override
    public MacAddress convert(String text) {
        return MacAddress.parse(text)
                .filter(mac -> !mac.isGroup())
                .orElseThrow(() -> new TypeConversionException(
                        "\"" + text + "\" is no hardware address of a machine, e.g. 52:54:00:77:00:01"));
    }
}
