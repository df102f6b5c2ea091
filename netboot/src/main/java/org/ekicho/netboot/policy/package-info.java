/// What a machine is given: machines, profiles, install orders, and the one function that decides for DHCP, TFTP and
/// HTTP.
@NullMarked
package org.ekicho.netboot.policy;

import org.jspecify.annotations.NullMarked;
