package org.ekicho.cli;

import org.ekicho.mirror.settings.ChannelName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A channel's name on the command line.
final class ChannelConverter implements ITypeConverter<ChannelName> {
    @Override
    public ChannelName convert(String text) {
        if (!ChannelName.isValid(text)) {
            throw new TypeConversionException(
                    "\"" + text + "\" is no name of a channel; it has lower-case letters, digits"
                            + " and dashes, a letter first, e.g. prod, and is none of " + ChannelName.RESERVED);
        }
        return new ChannelName(text);
    }
}
