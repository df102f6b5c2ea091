/// The site file `ekicho.toml`: its keys, and what they mean as settings.
@NullMarked
package org.ekicho.site.toml;

import org.jspecify.annotations.NullMarked;
