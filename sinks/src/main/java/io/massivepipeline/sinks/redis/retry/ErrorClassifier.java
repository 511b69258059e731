package io.massivepipeline.sinks.redis.retry;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells failures that pass from failures that do not. */
public final class ErrorClassifier {

    /** The codes of error replies that pass, or that an operator cures while the job waits. */
    private static final Set<String> PASSING =
            Set.of(
                    "LOADING",
                    "BUSY",
                    "READONLY",
                    "OOM",
                    "MISCONF",
                    "NOREPLICAS",
                    "MASTERDOWN",
                    "CLUSTERDOWN",
                    "TRYAGAIN",
                    "MOVED",
                    "ASK",
                    "UNBLOCKED");

    /** Connecting may be refused for a while without a code of its own. */
    private static final String TOO_MANY_CLIENTS = "max number of clients reached";

    /** Redis 6.2 puts the place in the script and a dash before the code. */
    private static final Pattern CODE =
            Pattern.compile("^(?:@?user_script:\\s*\\d+:\\s*)*-?([A-Z]+)\\b");

    private ErrorClassifier() {}

    /** Judges the text of an error reply. */
    public static ErrorKind classify(String message) {
        Matcher matcher = CODE.matcher(message);
        String code = matcher.find() ? matcher.group(1) : "";
        if (code.equals("NOSCRIPT")) {
            return ErrorKind.SCRIPT_UNKNOWN;
        }
        return PASSING.contains(code) || message.contains(TOO_MANY_CLIENTS)
                ? ErrorKind.RETRYABLE
                : ErrorKind.FATAL;
    }

    /** Judges an exception of the client: an error reply by its text, a lost connection passes. */
    public static ErrorKind classify(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException && cause.getMessage() != null) {
                return classify(cause.getMessage());
            }
        }
        Throwable failed = unwrap(failure);
        boolean connection =
                failed instanceof RedisException
                        || failed instanceof IOException
                        || failed instanceof ClosedChannelException
                        || failed instanceof TimeoutException
                        || failed instanceof CancellationException;
        return connection ? ErrorKind.RETRYABLE : ErrorKind.FATAL;
    }

    /** The failure itself, without what futures wrap around it. */
    public static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
