/// Metadata rebuilt for a part of a repository's packages.
@NullMarked
package org.ekicho.mirror.filter;

import org.jspecify.annotations.NullMarked;
