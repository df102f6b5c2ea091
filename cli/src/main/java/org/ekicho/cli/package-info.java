/// The `ekicho` command.
@NullMarked
package org.ekicho.cli;

import org.jspecify.annotations.NullMarked;
