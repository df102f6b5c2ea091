package org.ekicho.web.server;

/// How long and how often a client may keep the server busy.
///
/// @param idleSeconds       how long a connection may be without a request, and how long a request's head may take
/// @param silenceSeconds    how long a connection may be without a byte in either direction
/// @param answerSeconds     how long an answer may take beside the time for its bytes
/// @param leastBytesPerSecond the slowest client that is still served
/// @param perAddress        connections of one address
record WebPatience(
        long idleSeconds, long silenceSeconds, long answerSeconds, long leastBytesPerSecond, int perAddress) {
    /// As [WebLimits] says and explains.
    static final WebPatience USUAL = new WebPatience(
            WebLimits.IDLE_SECONDS,
            WebLimits.SILENCE_SECONDS,
            WebLimits.ANSWER_SECONDS,
            WebLimits.MIN_RATE,
            WebLimits.MAX_PER_ADDRESS);
}
