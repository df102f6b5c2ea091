/// Answers to client requests, one datagram at a time, without allocation.
@NullMarked
package org.ekicho.ntp.server;

import org.jspecify.annotations.NullMarked;
