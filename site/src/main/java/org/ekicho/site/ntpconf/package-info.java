/// The classic ntp.conf: scanner, grammar, and what its statements mean as settings.
@NullMarked
package org.ekicho.site.ntpconf;

import org.jspecify.annotations.NullMarked;
