@NullMarked
package org.ekicho.daemon.mirror.bundle;

import org.jspecify.annotations.NullMarked;
