/// Lists of servers for clients: mirrorlist and metalink.
@NullMarked
package org.ekicho.web.lists;

import org.jspecify.annotations.NullMarked;
