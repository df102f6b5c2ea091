/// What to tell a DHCP server that is not ours.
@NullMarked
package org.ekicho.netboot.advice;

import org.jspecify.annotations.NullMarked;
