/// A LAN in a box: clocks that drift and wander, links that delay, lose, double and reorder, all in virtual time and
/// from one seed. The model of clocks, links and statistics is that of clknetsim, so that chrony's own limits apply.
@NullMarked
package org.ekicho.sim;

import org.jspecify.annotations.NullMarked;
