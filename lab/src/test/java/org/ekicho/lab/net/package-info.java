/// The network seen by Ekicho's own tools, between pretend machines.
@NullMarked
package org.ekicho.lab.net;

import org.jspecify.annotations.NullMarked;
