/// The `.repo` file that clients of the mirror are given.
@NullMarked
package org.ekicho.site.clientconfig;

import org.jspecify.annotations.NullMarked;
