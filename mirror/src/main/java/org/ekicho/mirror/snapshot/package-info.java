/// Published states of a repository, and the channels that point to them.
@NullMarked
package org.ekicho.mirror.snapshot;

import org.jspecify.annotations.NullMarked;
