/// Network installation against real clients, firmware and tools.
@NullMarked
package org.ekicho.lab.boot;

import org.jspecify.annotations.NullMarked;
