/// Boot media as files.
@NullMarked
package org.ekicho.daemon.boot.media;

import org.jspecify.annotations.NullMarked;
