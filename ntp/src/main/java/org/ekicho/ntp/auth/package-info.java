/// Symmetric keys and message authentication codes (RFC 5905 §7.3, RFC 8573).
@NullMarked
package org.ekicho.ntp.auth;

import org.jspecify.annotations.NullMarked;
