/// Network boot with real clients.
@NullMarked
package org.ekicho.lab.boot;

import org.jspecify.annotations.NullMarked;
