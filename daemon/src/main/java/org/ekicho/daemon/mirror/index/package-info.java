/// Makes repository metadata for a folder of packages, as createrepo_c does.
@NullMarked
package org.ekicho.daemon.mirror.index;

import org.jspecify.annotations.NullMarked;
