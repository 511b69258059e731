package io.massivepipeline.sources.replay;

/** There is no feed where one was named. The message is one line for the person who named it. */
public final class FeedException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public FeedException(String message) {
        super(message);
    }

    public FeedException(String message, Throwable cause) {
        super(message, cause);
    }
}
