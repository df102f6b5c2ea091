/// Looking at this host with the eyes of the settings, before anything is started.
@NullMarked
package org.ekicho.daemon.check;

import org.jspecify.annotations.NullMarked;
