/// Immutable pictures of the running time service, for status, control protocol and console.
@NullMarked
package org.ekicho.ntp.view;

import org.jspecify.annotations.NullMarked;
