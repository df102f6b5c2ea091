/// What a sync will do, worked out before anything is done.
@NullMarked
package org.ekicho.mirror.sync;

import org.jspecify.annotations.NullMarked;
