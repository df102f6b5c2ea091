/// HTTP: repositories, boot files, pages.
@NullMarked
package org.ekicho.web;

import org.jspecify.annotations.NullMarked;
