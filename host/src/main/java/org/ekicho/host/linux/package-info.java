/// Linux as C sees it: system calls, their numbers and their error codes. The one place with native code; layouts are
/// those of 64-bit little-endian Linux (x86-64 and aarch64 agree in all that is used here).
@NullMarked
package org.ekicho.host.linux;

import org.jspecify.annotations.NullMarked;
