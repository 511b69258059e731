package io.massivepipeline.sinks.redis;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Something that no retry and no restart can cure: a key of the wrong type, a wrong password, a
 * missing permission. Flink fails the job for good. The message is one line and names the key; it
 * never has a value or a password.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public class RedisSinkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RedisSinkException(String message) {
        super(message);
    }

    public RedisSinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
