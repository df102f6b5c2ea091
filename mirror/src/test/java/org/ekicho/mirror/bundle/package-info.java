@NullMarked
package org.ekicho.mirror.bundle;

import org.jspecify.annotations.NullMarked;
