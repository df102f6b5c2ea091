/// What passes between the time engine and its shell: facts that the shell tells, and actions that the engine wants
/// done. It stands below the engine, so that each part of it can say what it wants without knowing the whole.
@NullMarked
package org.ekicho.ntp.boundary;

import org.jspecify.annotations.NullMarked;
