@NullMarked
package org.ekicho.mirror.rpmbuild;

import org.jspecify.annotations.NullMarked;
