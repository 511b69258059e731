package io.massivepipeline.sinks.redis.writer;

/** Error replies, made fit for messages and logs. */
final class ErrorText {

    /** Where a reply to an unknown command begins to repeat what it was sent. */
    private static final String ARGUMENTS = ", with args beginning with";

    private ErrorText() {}

    /** The first line, without anything that was sent. */
    static String withoutArguments(String reply) {
        int arguments = reply.indexOf(ARGUMENTS);
        String cut = arguments < 0 ? reply : reply.substring(0, arguments);
        return cut.lines().findFirst().orElse("");
    }
}
