/// The boot medium for machines that cannot boot by network: one hybrid image that starts as BIOS CD, BIOS
/// stick, UEFI CD
/// and UEFI stick. [MediaPlan] says what lies on it, [HybridIso] lays it out and writes it to a channel.
@NullMarked
package org.ekicho.netboot.media;

import org.jspecify.annotations.NullMarked;
