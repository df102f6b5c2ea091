/// What a client asks for: paths, and the tricks with them.
@NullMarked
package org.ekicho.web.path;

import org.jspecify.annotations.NullMarked;
