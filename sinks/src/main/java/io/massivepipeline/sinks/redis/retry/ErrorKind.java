package io.massivepipeline.sinks.redis.retry;

/** What can be done about a failed call. */
public enum ErrorKind {

    /** The server does not know the script yet: send it along. */
    SCRIPT_UNKNOWN,

    /** It passes, or somebody cures it: try again, for as long as it takes. */
    RETRYABLE,

    /** No repetition helps: fail for good. */
    FATAL
}
