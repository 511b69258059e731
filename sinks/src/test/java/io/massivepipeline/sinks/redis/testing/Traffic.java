package io.massivepipeline.sinks.redis.testing;

import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.fixtures.redis.RespClient.StreamEntry;
import io.massivepipeline.sinks.redis.PassedIds;
import io.massivepipeline.sinks.redis.StreamAppend;
import io.massivepipeline.sinks.redis.StreamAppendBuilder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Entries for some streams, and the proof that each is there once and in order. */
public final class Traffic {

    private final int streams;
    private final int perBatch;
    private int written;

    /**
     * @param perBatch entries of each stream in a batch
     */
    public Traffic(int streams, int perBatch) {
        this.streams = streams;
        this.perBatch = perBatch;
    }

    public static String key(int stream) {
        return "traffic:" + stream;
    }

    /** Writes batches to every stream without waiting for any. */
    public void write(WriterHarness sink, int batches) throws Exception {
        for (int batch = 0; batch < batches; batch++) {
            for (StreamAppend append : next()) {
                sink.write(append);
            }
        }
    }

    /** The next batch of each stream. */
    public List<StreamAppend> next() {
        List<StreamAppend> batch = new ArrayList<>();
        for (int stream = 0; stream < streams; stream++) {
            StreamAppendBuilder builder =
                    StreamAppend.to(key(stream), "n")
                            .onPassed(PassedIds.APPEND_LATE)
                            .lateField("late_of")
                            .companion("late:");
            for (int i = 1; i <= perBatch; i++) {
                builder.add(written + i, stream, "" + (written + i));
            }
            batch.add(builder.build());
        }
        written += perBatch;
        return batch;
    }

    /** Says that every entry that was written stands once and in order, and nothing else. */
    public void assertComplete(RespClient redis) {
        assertComplete(key -> redis);
    }

    /**
     * @param nodes who has a key
     */
    public void assertComplete(Function<String, RespClient> nodes) {
        for (int stream = 0; stream < streams; stream++) {
            int number = stream;
            List<StreamEntry> expected =
                    IntStream.rangeClosed(1, written)
                            .mapToObj(n -> new StreamEntry(n + "-" + number, Map.of("n", "" + n)))
                            .toList();
            assertThat(nodes.apply(key(stream)).stream(key(stream)))
                    .as(key(stream))
                    .isEqualTo(expected);
        }
    }
}
