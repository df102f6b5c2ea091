/// Real programs on those machines: Ekicho itself, classic ntpd, chronyd, and the tools that ask them.
@NullMarked
package org.ekicho.lab.peer;

import org.jspecify.annotations.NullMarked;
