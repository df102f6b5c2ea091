/// A whole site on one loopback: services with pretend clocks, for demos and tests.
@NullMarked
package org.ekicho.daemon.demo;

import org.jspecify.annotations.NullMarked;
