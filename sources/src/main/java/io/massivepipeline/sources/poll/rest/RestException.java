package io.massivepipeline.sources.poll.rest;

import java.io.IOException;
import java.time.Duration;

/**
 * An answer that did not come or cannot be used, whole as it is. The message is one line for
 * people, without a key.
 */
public final class RestException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What kind of failure it is. */
    public enum Kind {
        /** No connection, or it broke. */
        NETWORK(true),
        /** No secure connection: as a rule a certificate that nobody vouches for. */
        UNTRUSTED(false),
        /** No whole answer in time. */
        TIMEOUT(true),
        /** 5xx. */
        SERVER(true),
        /** 429. */
        RATE_LIMITED(true),
        /** Not what was asked for: no JSON, cut off, no results. */
        MALFORMED(true),
        /** 403: the plan lacks it. */
        NOT_ENTITLED(false),
        /** 404. */
        NOT_FOUND(false),
        /** Any other status. */
        REFUSED(false),
        /** The next page is somewhere else, was there already, or is one too many. */
        PAGING(false);

        private final boolean passes;

        Kind(boolean passes) {
            this.passes = passes;
        }
    }

    private final Kind kind;
    private final transient Duration retryAfter;

    public RestException(Kind kind, String message) {
        this(kind, message, null, null);
    }

    RestException(Kind kind, String message, Throwable cause) {
        this(kind, message, null, cause);
    }

    /**
     * @param retryAfter how long the provider asks to wait, or null
     */
    RestException(Kind kind, String message, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same request may well be answered a moment later. */
    boolean passes() {
        return kind.passes;
    }

    /** How long the provider asks to wait, or null if it does not say. */
    Duration retryAfter() {
        return retryAfter;
    }
}
