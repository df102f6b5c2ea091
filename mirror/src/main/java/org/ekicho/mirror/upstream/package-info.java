/// Where a repository can be fetched from: lists of mirrors.
@NullMarked
package org.ekicho.mirror.upstream;

import org.jspecify.annotations.NullMarked;
