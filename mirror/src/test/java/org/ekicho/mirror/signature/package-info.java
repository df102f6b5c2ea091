@NullMarked
package org.ekicho.mirror.signature;

import org.jspecify.annotations.NullMarked;
