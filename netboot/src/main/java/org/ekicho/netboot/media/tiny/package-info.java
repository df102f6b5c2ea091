/// The tiny medium: iPXE with a script that gets on the network with patience, and asks what `linux
/// askmethod` asked.
@NullMarked
package org.ekicho.netboot.media.tiny;

import org.jspecify.annotations.NullMarked;
