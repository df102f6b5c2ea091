/// DHCP for machines that boot: packets, who asks, and the answers given beside a DHCP server that is not
/// ours (proxyDHCP). Leases are in `netboot.lease`.
@NullMarked
package org.ekicho.netboot.dhcp;

import org.jspecify.annotations.NullMarked;
