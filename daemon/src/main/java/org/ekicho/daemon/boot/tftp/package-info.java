/// TFTP at work: the ports, the content of files, and the thread that carries out what `netboot.tftp` decides.
@NullMarked
package org.ekicho.daemon.boot.tftp;

import org.jspecify.annotations.NullMarked;
