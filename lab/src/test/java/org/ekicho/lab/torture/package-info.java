/// The mirror under torture: everything changes without pause and is killed, while clients look for a gap.
@NullMarked
package org.ekicho.lab.torture;

import org.jspecify.annotations.NullMarked;
