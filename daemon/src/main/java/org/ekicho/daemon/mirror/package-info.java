/// The mirror as a part of the daemon: served, synced and tidied in the background.
@NullMarked
package org.ekicho.daemon.mirror;

import org.jspecify.annotations.NullMarked;
