/// Compressed streams: what repository metadata and payloads are packed with, and limits against bombs.
@NullMarked
package org.ekicho.mirror.codec;

import org.jspecify.annotations.NullMarked;
