/// How records become JSON and back.
@NullMarked
package org.ekicho.daemon.json;

import org.jspecify.annotations.NullMarked;
