/// Repositories fetched from upstream: lists of mirrors, downloads, checks, and a snapshot at the end, or none.
@NullMarked
package org.ekicho.daemon.mirror.sync;

import org.jspecify.annotations.NullMarked;
