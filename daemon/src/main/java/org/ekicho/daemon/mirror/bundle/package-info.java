/// Bundles on disk: written to a stick, verified, and taken into the mirror's folder.
@NullMarked
package org.ekicho.daemon.mirror.bundle;

import org.jspecify.annotations.NullMarked;
