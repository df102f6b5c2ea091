package org.ekicho.daemon.control;

import tools.jackson.databind.JsonNode;

/// The answer on the control socket.
///
/// @param ok    whether there is one
/// @param error why not, a sentence; empty when `ok`
/// @param body  the record that the question asks for; JSON null when not `ok`
public record ControlReply(boolean ok, String error, JsonNode body) {}
