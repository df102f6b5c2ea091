package org.ekicho.cli;

import org.ekicho.mirror.settings.RepoId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A repository's id on the command line.
final class RepoConverter implements ITypeConverter<RepoId> {
    @Override
    public RepoId convert(String text) {
        if (!RepoId.isValid(text)) {
            throw new TypeConversionException(
                    "\"" + text + "\" is no id of a repository; it has letters, digits and - _ . :," + " e.g. baseos");
        }
        return new RepoId(text);
    }
}
