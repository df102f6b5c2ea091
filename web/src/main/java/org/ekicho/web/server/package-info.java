/// The HTTP server itself.
@NullMarked
package org.ekicho.web.server;

import org.jspecify.annotations.NullMarked;
