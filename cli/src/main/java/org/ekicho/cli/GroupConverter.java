package org.ekicho.cli;

import org.ekicho.wire.IpAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a multicast group.
final class GroupConverter implements ITypeConverter<IpAddress> {
    @Override
    public IpAddress convert(String text) {
        return IpAddress.parse(text)
                .filter(IpAddress::isMulticast)
                .orElseThrow(() -> new TypeConversionException("\"" + text
                        + "\" is no multicast group; groups are 224.0.0.0 to 239.255.255.255 and ff00::/8,"
                        + " e.g. 224.0.1.1 or ff02::101"));
    }
}
