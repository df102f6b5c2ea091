/// Bytes and addresses: what every protocol of Ekicho is written in. Nothing here knows a protocol, a socket or a
/// clock.
@NullMarked
package org.ekicho.wire;

import org.jspecify.annotations.NullMarked;
