/// Checksums as repository metadata names them.
@NullMarked
package org.ekicho.mirror.hash;

import org.jspecify.annotations.NullMarked;
