/// Bundles: snapshots carried across an air gap, signed and self-describing (docs/decisions/0009-bundle-format.md).
@NullMarked
package org.ekicho.mirror.bundle;

import org.jspecify.annotations.NullMarked;
