package org.ekicho.ntp.view;

import org.ekicho.ntp.NtpReason;

/// How often something happened.
public record ReasonCount(NtpReason reason, long count) {}
