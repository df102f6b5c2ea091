/// The control socket by which the command line asks a running daemon.
@NullMarked
package org.ekicho.daemon.control;

import org.jspecify.annotations.NullMarked;
