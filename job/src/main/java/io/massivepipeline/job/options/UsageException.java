package io.massivepipeline.job.options;

/**
 * The command line or the configuration file can't be used. The message is one line that says what
 * is wrong and what to write instead; it never holds a secret.
 */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }

    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
