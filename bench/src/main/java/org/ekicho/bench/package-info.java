/// Benchmarks beside peers: same machine, same minutes, interleaved; only the ratios are worth quoting.
@NullMarked
package org.ekicho.bench;

import org.jspecify.annotations.NullMarked;
