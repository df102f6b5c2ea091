/// Who uses the mirror: the access log read for the admin.
@NullMarked
package org.ekicho.mirror.report;

import org.jspecify.annotations.NullMarked;
