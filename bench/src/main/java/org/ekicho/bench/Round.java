package org.ekicho.bench;

/// One measurement of one server.
///
/// @param rate        answers a second
/// @param lossPercent requests without answer
/// @param cpuMicros   processor time of the server for each answer
/// @param busyPercent how much of its core the server used; well below 100: something else limited
record Round(double rate, double lossPercent, double cpuMicros, double busyPercent) {}
