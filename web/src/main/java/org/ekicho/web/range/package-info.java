/// Parts of files: the Range header, and bodies of several parts.
@NullMarked
package org.ekicho.web.range;

import org.jspecify.annotations.NullMarked;
