/// What an operator decided, checked and complete: the input of the cores.
@NullMarked
package org.ekicho.ntp.settings;

import org.jspecify.annotations.NullMarked;
