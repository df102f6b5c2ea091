/// What an admin decided about the mirror.
@NullMarked
package org.ekicho.mirror.settings;

import org.jspecify.annotations.NullMarked;
