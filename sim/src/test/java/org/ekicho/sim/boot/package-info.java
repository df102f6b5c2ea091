/// Many machines that boot at once from one server, in simulated time: the cores of DHCP, TFTP and the boot policy on
/// one
/// side, pretend firmware on the other.
@NullMarked
package org.ekicho.sim.boot;

import org.jspecify.annotations.NullMarked;
