/// Traps of ntp.conf and key files, explained: what will not work as its author thinks, though it is well formed.
@NullMarked
package org.ekicho.site.lint;

import org.jspecify.annotations.NullMarked;
