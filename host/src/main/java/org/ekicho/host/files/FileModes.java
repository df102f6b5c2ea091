package org.ekicho.host.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Who may do what with a file.
///
/// @param file  the file
/// @param bits  permission bits, 0..07777
/// @param owner user id of its owner
/// @param group group id
public record FileModes(Path file, int bits, int owner, int group) {
    private static final int OTHERS_ANY = 0007;
    private static final int GROUP_WRITE = 0020;

    /// Follows symbolic links, since what they point to is what is read.
    public static FileModes of(Path file) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(file, "unix:mode,uid,gid", new LinkOption[0]);
        return new FileModes(
                file,
                ((Number) value(attributes, "mode")).intValue() & 07777,
                ((Number) value(attributes, "uid")).intValue(),
                ((Number) value(attributes, "gid")).intValue());
    }

    private static Object value(Map<String, Object> attributes, String name) throws IOException {
        Object value = attributes.get(name);
        if (value == null) {
            throw new IOException("the file system does not tell the " + name + " of a file");
        }
        return value;
    }

    /// Why this file must not hold a secret, with the command that mends it; empty when it may. The owner and the group
    /// may read it, so that a service under its own user can.
    ///
    /// @param us user id of whoever reads it; root and this user may own it
    public Optional<String> secretProblem(int us) {
        if ((bits & (OTHERS_ANY | GROUP_WRITE)) != 0) {
            String who =
                    (bits & OTHERS_ANY) == 0 ? "its group may change it" : "every user of this host may " + verbs();
            return Optional.of("%s has mode %s: %s; chmod 0640 %s".formatted(file, octal(), who, file));
        }
        if (owner != 0 && owner != us) {
            return Optional.of("%s belongs to user %d, who may change it; chown root %s".formatted(file, owner, file));
        }
        return Optional.empty();
    }

    private String verbs() {
        return switch (bits & OTHERS_ANY & ~1) {
            case 4 -> "read it";
            case 2 -> "change it";
            case 6 -> "read and change it";
            default -> "use it";
        };
    }

    /// `0644`.
    public String octal() {
        return "%04o".formatted(bits);
    }
}
