/// What every association is made of, whichever way it hears its source: requests with nonces, packets as they
/// arrived, the journal of what happened, readings for the choice.
@NullMarked
package org.ekicho.ntp.association;

import org.jspecify.annotations.NullMarked;
