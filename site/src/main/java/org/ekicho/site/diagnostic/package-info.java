/// Problems of configuration files: where, what, what was expected, how it is written right.
@NullMarked
package org.ekicho.site.diagnostic;

import org.jspecify.annotations.NullMarked;
