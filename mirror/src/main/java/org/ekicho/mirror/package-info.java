/// The package mirror's core: RPM headers, repository metadata, sync plans, snapshots and bundles; opens nothing.
@NullMarked
package org.ekicho.mirror;

import org.jspecify.annotations.NullMarked;
