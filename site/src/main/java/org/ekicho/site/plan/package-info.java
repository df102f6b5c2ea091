/// What a start would do on this host, told before it is done.
@NullMarked
package org.ekicho.site.plan;

import org.jspecify.annotations.NullMarked;
