/// Addresses for machines: subnets, leases and the full DHCP server that gives them, the journal that
/// keeps them, and the watch for other DHCP servers.
@NullMarked
package org.ekicho.netboot.lease;

import org.jspecify.annotations.NullMarked;
