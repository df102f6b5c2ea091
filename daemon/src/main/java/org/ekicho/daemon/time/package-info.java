/// The time service: sockets, threads and files around the cores of NTP.
@NullMarked
package org.ekicho.daemon.time;

import org.jspecify.annotations.NullMarked;
