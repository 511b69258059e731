package io.massivepipeline.job;

/** A run that could not go on. The message is one line that says why. */
final class RunFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RunFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
