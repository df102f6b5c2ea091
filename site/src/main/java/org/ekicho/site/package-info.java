/// What an admin says and sees: the site file and the native files, read into settings, every problem with its place.
@NullMarked
package org.ekicho.site;

import org.jspecify.annotations.NullMarked;
