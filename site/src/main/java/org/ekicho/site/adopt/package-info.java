/// A distribution's `.repo` file made to use our mirror, and back: in Java, and as a shell script for its own host.
@NullMarked
package org.ekicho.site.adopt;

import org.jspecify.annotations.NullMarked;
