/// The `.repo` files of yum and dnf: every line as it stands, and what it says as settings of the mirror.
@NullMarked
package org.ekicho.site.repofile;

import org.jspecify.annotations.NullMarked;
