/// XML from others, read as a stream within limits.
@NullMarked
package org.ekicho.mirror.xml;

import org.jspecify.annotations.NullMarked;
