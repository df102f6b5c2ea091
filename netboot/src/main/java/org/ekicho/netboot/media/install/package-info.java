/// What installers of each era must be told on their kernel's command line, and the files by which isolinux
/// and GRUB tell them.
@NullMarked
package org.ekicho.netboot.media.install;

import org.jspecify.annotations.NullMarked;
