/// The boot trace: what was seen of each machine's way from power-on to its installer (`BootEvent`), one timeline per
/// machine and attempt (`TraceBook`), each step graded, and a verdict in one plain sentence (`Diagnosis`).
@NullMarked
package org.ekicho.netboot.trace;

import org.jspecify.annotations.NullMarked;
