/// The time service as text: the tables of ntpq and the lines of ntpstat, with the reasons in words. Fits 80 columns.
@NullMarked
package org.ekicho.site.view;

import org.jspecify.annotations.NullMarked;
