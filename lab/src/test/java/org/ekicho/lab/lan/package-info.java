/// A private network of pretend machines: namespaces, cables, captures. Needs root; leaves nothing behind.
@NullMarked
package org.ekicho.lab.lan;

import org.jspecify.annotations.NullMarked;
