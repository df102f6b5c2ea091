/// The choice among sources: who agrees, who lies, who counts how much (RFC 5905 §11.2).
@NullMarked
package org.ekicho.ntp.selection;

import org.jspecify.annotations.NullMarked;
