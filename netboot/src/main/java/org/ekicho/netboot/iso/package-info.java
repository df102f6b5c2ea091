/// Reading installation media: ISO9660 with Rock Ridge or Joliet names and El Torito entries, from anything
/// that gives bytes at a position, and what kind of installation tree lies in it. The bytes may be hostile.
@NullMarked
package org.ekicho.netboot.iso;

import org.jspecify.annotations.NullMarked;
