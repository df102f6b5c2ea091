/// Reading the files that an operator wrote, with all that they name.
@NullMarked
package org.ekicho.daemon.settings;

import org.jspecify.annotations.NullMarked;
