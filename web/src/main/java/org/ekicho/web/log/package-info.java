/// The access log.
@NullMarked
package org.ekicho.web.log;

import org.jspecify.annotations.NullMarked;
