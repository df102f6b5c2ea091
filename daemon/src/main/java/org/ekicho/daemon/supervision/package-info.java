/// Jobs that are kept running, and what is run.
@NullMarked
package org.ekicho.daemon.supervision;

import org.jspecify.annotations.NullMarked;
