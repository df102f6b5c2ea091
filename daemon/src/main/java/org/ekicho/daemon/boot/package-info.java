/// Network installation in the daemon: the boot folder with its trees, loaders and orders, and the doors by which
/// machines come.
@NullMarked
package org.ekicho.daemon.boot;

import org.jspecify.annotations.NullMarked;
