/// OpenPGP: who signed what, and whether that is to be believed.
@NullMarked
package org.ekicho.mirror.signature;

import org.jspecify.annotations.NullMarked;
