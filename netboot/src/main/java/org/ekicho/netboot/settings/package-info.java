/// What an operator decides about network installation.
@NullMarked
package org.ekicho.netboot.settings;

import org.jspecify.annotations.NullMarked;
