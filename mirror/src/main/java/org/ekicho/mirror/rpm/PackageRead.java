package org.ekicho.mirror.rpm;

import java.util.List;
import org.ekicho.mirror.MirrorReason;

/// What came of turning a package's headers into what repository metadata says of it.
public sealed interface PackageRead {
    /// The package.
    ///
    /// @param remarks what was left out of it, one sentence each; mostly none
    record Read(RpmPackage rpm, List<String> remarks) implements PackageRead {
        public Read {
            remarks = List.copyOf(remarks);
        }
    }

    /// A package that no metadata can describe.
    ///
    /// @param detail what is wrong, and at which byte of the file
    record Refused(MirrorReason reason, String detail) implements PackageRead {}
}
