/// The network as the kernel shows it: UDP sockets with interface and address per packet, interfaces, routes, groups.
@NullMarked
package org.ekicho.host.net;

import org.jspecify.annotations.NullMarked;
