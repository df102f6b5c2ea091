package org.ekicho.daemon.mirror.bundle;

import java.nio.file.Path;

/// A process that exports or imports and is killed while it does.
final class BundleVictim {
    private BundleVictim() {}

    /// @param args `export SITE-FOLDER STICK` or `import SITE-FOLDER BUNDLE`
    @SuppressWarnings("SystemOut") // the parent waits for the line
    public static void main(String[] args) throws Exception {
        Site site = Site.open("Victim", Path.of(args[1]));
        Path other = Path.of(args[2]);
        System.out.println("begins");
        System.out.flush();
        if (args[0].equals("export")) {
            site.export(other, new Since.Nothing(), 1);
        } else {
            site.take(other);
        }
    }
}
