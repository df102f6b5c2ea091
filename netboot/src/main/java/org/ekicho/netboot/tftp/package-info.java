/// TFTP (RFC 1350, 2347 to 2349, 7440), read-only: packets, names, and the course of a transfer. Sends nothing
/// itself.
@NullMarked
package org.ekicho.netboot.tftp;

import org.jspecify.annotations.NullMarked;
