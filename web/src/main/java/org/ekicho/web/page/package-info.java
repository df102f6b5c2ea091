/// Pages for people: the start page and listings of folders.
@NullMarked
package org.ekicho.web.page;

import org.jspecify.annotations.NullMarked;
