package io.massivepipeline.sources.poll.rest;

import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port: the place to which the key belongs. A page elsewhere is never asked for.
 */
record Origin(String scheme, String host, int port) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    static Origin of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? HTTPS : HTTP;
        return new Origin(scheme, host, uri.getPort() < 0 ? usual : uri.getPort());
    }

    /** Whether an address is here, and nothing in it only looks so. */
    boolean has(URI uri) {
        return equals(of(uri)) && uri.getRawUserInfo() == null;
    }
}
