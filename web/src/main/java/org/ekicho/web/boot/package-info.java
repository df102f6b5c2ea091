/// HTTP for machines that boot: firmware, loaders and installers of twenty years. Plain HTTP/1.0 and 1.1, no redirects,
/// a length on every answer.
@NullMarked
package org.ekicho.web.boot;

import org.jspecify.annotations.NullMarked;
