/// Key files of ntpd, chrony and NTPsec, read exactly as those programs read them, and written.
@NullMarked
package org.ekicho.site.ntpkeys;

import org.jspecify.annotations.NullMarked;
