/// Sources that are asked by unicast requests: `server`, `pool`, `peer`.
@NullMarked
package org.ekicho.ntp.client;

import org.jspecify.annotations.NullMarked;
