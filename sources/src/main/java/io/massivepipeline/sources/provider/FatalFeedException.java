package io.massivepipeline.sources.provider;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * The feed cannot be had, and trying again cannot help: a wrong key, a plan without this feed, no
 * key at all. Fails the job without a restart. The message is one line for the person who can.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class FatalFeedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FatalFeedException(String message) {
        super(message);
    }

    public FatalFeedException(String message, Throwable cause) {
        super(message, cause);
    }
}
