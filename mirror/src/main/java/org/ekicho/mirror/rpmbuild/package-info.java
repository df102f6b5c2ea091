/// Small RPM packages made on the spot: for demonstrations, and for tests that need a package with one property.
@NullMarked
package org.ekicho.mirror.rpmbuild;

import org.jspecify.annotations.NullMarked;
