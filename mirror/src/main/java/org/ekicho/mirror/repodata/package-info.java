/// Repository metadata: repomd.xml and what it names.
@NullMarked
package org.ekicho.mirror.repodata;

import org.jspecify.annotations.NullMarked;
