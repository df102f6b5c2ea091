/// What loaders read: scripts of iPXE and configurations of GRUB.
@NullMarked
package org.ekicho.netboot.script;

import org.jspecify.annotations.NullMarked;
