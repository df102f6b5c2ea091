package org.ekicho.ntp.control;

/// What `ntpq -c rv` says of the program and the machine.
///
/// @param version   name and version, `ekicho 0.1.0`
/// @param processor `x86_64`
/// @param system    `Linux/6.12.9`
public record ControlIdentity(String version, String processor, String system) {}
