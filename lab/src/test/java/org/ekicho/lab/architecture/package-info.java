/// What must never happen in the source: the invariants of ARCHITECTURE.md.
@NullMarked
package org.ekicho.lab.architecture;

import org.jspecify.annotations.NullMarked;
