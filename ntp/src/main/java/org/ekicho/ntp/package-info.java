/// The Network Time Protocol as pure cores: bytes, times and dice in, decisions out.
@NullMarked
package org.ekicho.ntp;

import org.jspecify.annotations.NullMarked;
