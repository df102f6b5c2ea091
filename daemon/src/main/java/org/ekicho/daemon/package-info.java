/// The program put together: services, supervision, reload.
@NullMarked
package org.ekicho.daemon;

import org.jspecify.annotations.NullMarked;
