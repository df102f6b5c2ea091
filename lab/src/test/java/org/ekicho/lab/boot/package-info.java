/// Machines that boot: firmware under emulation, and the boot media they are given.
@NullMarked
package org.ekicho.lab.boot;

import org.jspecify.annotations.NullMarked;
