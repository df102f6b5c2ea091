/// DHCP on the wire: sockets and threads of the proxy and of the full server, the journal on disk, the
/// search for address conflicts and for other servers. What is answered is decided in `netboot`.
@NullMarked
package org.ekicho.daemon.boot.dhcp;

import org.jspecify.annotations.NullMarked;
