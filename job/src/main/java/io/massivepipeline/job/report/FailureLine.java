package io.massivepipeline.job.report;

import org.apache.flink.util.SerializedThrowable;

/** What a failed run says on its last line: the cause, not the wrappings. */
public final class FailureLine {

    private FailureLine() {}

    /**
     * One line, never a stack trace: what this program has to say about it, and if it has nothing
     * to say, the innermost cause that is not a mere wrapping.
     */
    public static String of(Throwable failure) {
        Throwable cause = unpacked(failure);
        Throwable told = cause;
        while (cause != null) {
            if (cause.getClass().getName().startsWith("io.massivepipeline")) {
                return line(cause);
            }
            Throwable next = unpacked(cause.getCause());
            if (told == cause && isWrapping(cause) && next != null) {
                told = next;
            }
            cause = next;
        }
        return line(told);
    }

    private static Throwable unpacked(Throwable throwable) {
        return throwable instanceof SerializedThrowable serialized
                ? serialized.deserializeError(FailureLine.class.getClassLoader())
                : throwable;
    }

    private static String line(Throwable cause) {
        String message =
                cause.getMessage() == null ? "" : cause.getMessage().lines().findFirst().orElse("");
        return message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    private static boolean isWrapping(Throwable throwable) {
        String message = throwable.getMessage();
        return message == null
                || throwable.getCause() != null && message.equals(throwable.getCause().toString())
                || throwable.getClass().getName().startsWith("org.apache.flink")
                || throwable.getClass().getName().startsWith("java.util.concurrent");
    }
}
