/// Answer files for installers: templates with the site's facts, rendering, and what is wrong with them before a
/// machine finds out.
@NullMarked
package org.ekicho.netboot.answer;

import org.jspecify.annotations.NullMarked;
