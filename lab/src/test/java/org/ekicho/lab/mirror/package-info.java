/// The package mirror against the programs that people run beside it: rpm, createrepo_c, dnf.
@NullMarked
package org.ekicho.lab.mirror;

import org.jspecify.annotations.NullMarked;
