package org.ekicho.site.ntpkeys;

import java.util.List;

/// A key file for one program.
///
/// @param text    the file, with secrets
/// @param remarks what the program does not know or cannot hold, a sentence each
public record WrittenKeys(String text, List<String> remarks) {
    public WrittenKeys {
        remarks = List.copyOf(remarks);
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return "key file of " + text.lines().count() + " lines";
    }
}
