/// Network installation: DHCP, TFTP, the policy that decides what a machine is given, the trace that says what became
/// of it, boot scripts, answer files and boot media. Cores only: nothing here opens, sends, sleeps or asks the time.
@NullMarked
package org.ekicho.netboot;

import org.jspecify.annotations.NullMarked;
