package io.massivepipeline.job.output;

import io.massivepipeline.sinks.redis.AutoIdAppend;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;
import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.wire.DeadLetter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Dead letters to entries of {@code massive:ws:deadletter}, at least once. */
final class DeadLetterStream implements RedisWriteConverter<DeadLetter> {

    private static final long serialVersionUID = 1L;
    private static final long MAX_LENGTH = 10_000;

    @Override
    public void convert(DeadLetter letter, Consumer<RedisWrite> out) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("reason", letter.reason().text());
        fields.put("payload", letter.payload());
        boolean known = letter.receivedAt() != RawFrame.UNKNOWN;
        fields.put("received_at", known ? Long.toString(letter.receivedAt()) : "");
        out.accept(AutoIdAppend.of(RedisKeys.DEAD_LETTERS, fields).maxLength(MAX_LENGTH));
    }
}
