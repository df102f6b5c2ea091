/// Network boot beside its peers.
@NullMarked
package org.ekicho.bench.boot;

import org.jspecify.annotations.NullMarked;
