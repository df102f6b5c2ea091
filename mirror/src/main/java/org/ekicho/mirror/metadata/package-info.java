/// What the files that repomd.xml names say: packages, file lists, change logs, advisories, modules, install trees.
@NullMarked
package org.ekicho.mirror.metadata;

import org.jspecify.annotations.NullMarked;
