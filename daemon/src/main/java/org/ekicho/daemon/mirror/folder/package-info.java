/// The mirror's folder on disk: contents, snapshots, channels, locks.
@NullMarked
package org.ekicho.daemon.mirror.folder;

import org.jspecify.annotations.NullMarked;
