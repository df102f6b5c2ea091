/// Who asks: a machine's firmware, a loader or an installer, as its packets describe it.
@NullMarked
package org.ekicho.netboot.client;

import org.jspecify.annotations.NullMarked;
