/// Files that must survive a power cut, files that must not be endless.
@NullMarked
package org.ekicho.host.files;

import org.jspecify.annotations.NullMarked;
