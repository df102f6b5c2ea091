package org.ekicho.web.server;

import io.vertx.core.http.HttpHeaders;

/// Header names and values that nearly every answer has, encoded once.
final class Names {
    static final CharSequence SERVER = HttpHeaders.createOptimized("Server");
    static final CharSequence EKICHO = HttpHeaders.createOptimized("ekicho");
    static final CharSequence DATE = HttpHeaders.createOptimized("Date");
    static final CharSequence TYPE = HttpHeaders.createOptimized("Content-Type");
    static final CharSequence LENGTH = HttpHeaders.createOptimized("Content-Length");
    static final CharSequence MODIFIED = HttpHeaders.createOptimized("Last-Modified");
    static final CharSequence ETAG = HttpHeaders.createOptimized("ETag");
    static final CharSequence CACHING = HttpHeaders.createOptimized("Cache-Control");
    static final CharSequence ACCEPTS = HttpHeaders.createOptimized("Accept-Ranges");
    static final CharSequence BYTES = HttpHeaders.createOptimized("bytes");
    static final CharSequence RANGE = HttpHeaders.createOptimized("Content-Range");
    static final CharSequence ASKED_RANGE = HttpHeaders.createOptimized("Range");
    static final CharSequence IF_RANGE = HttpHeaders.createOptimized("If-Range");
    static final CharSequence IF_UNMODIFIED_SINCE = HttpHeaders.createOptimized("If-Unmodified-Since");
    static final CharSequence RETRY = HttpHeaders.createOptimized("Retry-After");
    static final CharSequence LOCATION = HttpHeaders.createOptimized("Location");
    static final CharSequence ALLOW = HttpHeaders.createOptimized("Allow");

    private Names() {}
}
