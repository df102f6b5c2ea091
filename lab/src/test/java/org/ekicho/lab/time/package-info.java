/// Ekicho keeps time together with real peers.
@NullMarked
package org.ekicho.lab.time;

import org.jspecify.annotations.NullMarked;
