package org.ekicho.netboot.media.install;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A kernel's command line: arguments in order, each checked to be one argument for the kernel and for what
/// starts it.
public final class KernelLine {
    /// Bytes of a command line on x86 (COMMAND_LINE_SIZE is 2048 with its end).
    static final int MAX_LENGTH = 2_047;

    private final List<String> arguments = new ArrayList<>();

    /// Adds `NAME=VALUE`; a value with spaces is put into quotation marks, as the kernel reads them.
    ///
    /// @throws IllegalArgumentException if the value has line ends, other control characters or quotation
    ///                                  marks
    public KernelLine put(String name, String value) {
        return add(name + "=" + value);
    }

    /// Adds an argument as an admin gave it: `quiet`, `console=ttyS0,115200n8`.
    public KernelLine add(String argument) {
        check(argument);
        arguments.add(argument);
        if (toString().length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the kernel's arguments have more than " + MAX_LENGTH + " letters; leave out some");
        }
        return this;
    }

    public KernelLine addAll(List<String> some) {
        some.forEach(this::add);
        return this;
    }

    /// Without the quotation marks that the line has.
    public List<String> arguments() {
        return List.copyOf(arguments);
    }

    /// As the kernel sees it and as isolinux's `append` takes it.
    @Override
    public String toString() {
        return arguments.stream().map(KernelLine::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String argument) {
        int value = argument.indexOf('=') + 1;
        boolean spaced = argument.indexOf(' ') >= 0;
        return spaced ? argument.substring(0, value) + '"' + argument.substring(value) + '"' : argument;
    }

    private static void check(String argument) {
        if (argument.isBlank()) throw new IllegalArgumentException("an empty kernel argument");
        for (int i = 0; i < argument.length(); i++) {
            char c = argument.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\'' || c == '\\') {
                throw new IllegalArgumentException(
                        "the kernel argument '" + shown(argument)
                                + "' has a line end, a quotation mark, a backslash or another sign that no command line can hold");
            }
        }
        if (argument.indexOf(' ') >= 0 && argument.indexOf('=') < 1) {
            throw new IllegalArgumentException(
                    "the kernel argument '" + argument + "' has a space but no name before it; give two arguments");
        }
    }

    private static String shown(String argument) {
        return argument.replaceAll("[^ -~]", "?");
    }
}
