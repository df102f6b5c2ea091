/// The mirror beside its peers.
@NullMarked
package org.ekicho.bench.mirror;

import org.jspecify.annotations.NullMarked;
