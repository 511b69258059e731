package io.massivepipeline.sinks.redis.suite;

import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;
import io.massivepipeline.sinks.redis.StreamAppend;

import org.apache.flink.api.connector.sink2.WriterInitContext;

import java.util.function.Consumer;

/**
 * Appends records {@code <number> <text>} under their numbers. Flink's tests do not key what they
 * write, so each subtask has a stream of its own.
 */
final class NumberedRecords implements RedisWriteConverter<String> {

    static final String FIELD = "record";

    private static final long serialVersionUID = 1L;

    private final String prefix;
    private transient String stream;

    NumberedRecords(String prefix) {
        this.prefix = prefix;
    }

    static String of(int number, String text) {
        return number + " " + text;
    }

    @Override
    public void open(WriterInitContext context) {
        stream = prefix + context.getTaskInfo().getIndexOfThisSubtask();
    }

    @Override
    public void convert(String record, Consumer<RedisWrite> out) {
        long number = Long.parseLong(record.substring(0, record.indexOf(' ')));
        out.accept(StreamAppend.to(stream, FIELD).add(number, 0, record).build());
    }
}
