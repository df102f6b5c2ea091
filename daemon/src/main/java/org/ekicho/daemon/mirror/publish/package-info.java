/// Publishing: folders of packages into snapshots, snapshots into channels, and back.
@NullMarked
package org.ekicho.daemon.mirror.publish;

import org.jspecify.annotations.NullMarked;
