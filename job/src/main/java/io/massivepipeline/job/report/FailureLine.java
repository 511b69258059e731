package io.massivepipeline.job.report;

import org.apache.flink.util.SerializedThrowable;

/** What a failed run says on its last line: the cause, not the wrappings. */
public final class FailureLine {

    private FailureLine() {}

    /** One line, never a stack trace. */
    public static String of(Throwable failure) {
        Throwable cause = failure;
        while (true) {
            if (cause instanceof SerializedThrowable serialized) {
                Throwable inside = serialized.deserializeError(FailureLine.class.getClassLoader());
                if (inside != cause) {
                    cause = inside;
                    continue;
                }
            }
            if (isWrapping(cause) && cause.getCause() != null) {
                cause = cause.getCause();
                continue;
            }
            break;
        }
        String message =
                cause.getMessage() == null ? "" : cause.getMessage().lines().findFirst().orElse("");
        return message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    private static boolean isWrapping(Throwable throwable) {
        String message = throwable.getMessage();
        return message == null
                || throwable.getClass().getName().startsWith("org.apache.flink")
                || throwable.getClass().getName().startsWith("java.util.concurrent");
    }
}
