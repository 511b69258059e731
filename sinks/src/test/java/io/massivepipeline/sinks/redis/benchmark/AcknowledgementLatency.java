package io.massivepipeline.sinks.redis.benchmark;

import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.sinks.redis.AppendOutcome;
import io.massivepipeline.sinks.redis.RedisConnectionConfig;
import io.massivepipeline.sinks.redis.StreamAppendBuilder;
import io.massivepipeline.sinks.redis.testing.WriterHarness;

import org.HdrHistogram.Histogram;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * How long single entries take at a steady rate, from the instant at which each is due to be
 * written to its acknowledgement in the task's thread.
 */
final class AcknowledgementLatency {

    private static final int WARM_UP_SECONDS = 5;

    private final RedisServer server;
    private final int rate;
    private final int streams;
    private final Map<String, Queue<Long>> unanswered = new HashMap<>();
    private final Histogram micros = new Histogram(3);

    private long reportedFrom;

    /**
     * @param rate entries a second
     */
    AcknowledgementLatency(RedisServer server, int rate, int streams) {
        this.server = server;
        this.rate = rate;
        this.streams = streams;
    }

    void measure(int seconds) throws Exception {
        try (RespClient redis = server.connect()) {
            redis.command("FLUSHALL");
        }
        try (WriterHarness harness =
                new WriterHarness(
                        RedisConnectionConfig.of(server.uri()),
                        sink ->
                                sink.setAppendOutcomeListener(
                                        outcome -> {
                                            acknowledged(outcome);
                                            return List.of();
                                        }))) {
            write(harness, (long) rate * (WARM_UP_SECONDS + seconds));
        }
        System.out.printf(
                "acknowledged at %d/s in %d streams: p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms%n",
                rate, streams, percentile(50), percentile(99), percentile(99.9));
    }

    private void write(WriterHarness harness, long entries) throws Exception {
        List<StreamAppendBuilder> builders = Entries.builders(streams);
        long start = System.nanoTime();
        reportedFrom = start + WARM_UP_SECONDS * 1_000_000_000L;
        for (long number = 0; number < entries; number++) {
            long due = start + number * 1_000_000_000L / rate;
            while (System.nanoTime() < due) {
                harness.runMails();
                Thread.onSpinWait();
            }
            int stream = (int) (number % streams);
            unanswered.computeIfAbsent(Entries.key(stream), key -> new ArrayDeque<>()).add(due);
            harness.write(
                    builders.get(stream)
                            .add(Entries.ms(number), Entries.seq(number), Entries.values(number))
                            .build());
            harness.runMails();
        }
        harness.flush();
    }

    private void acknowledged(AppendOutcome outcome) {
        Queue<Long> waiting = unanswered.get(outcome.stream());
        long now = System.nanoTime();
        for (long i = 0; i < outcome.appended(); i++) {
            long due = waiting.remove();
            if (due >= reportedFrom) {
                micros.recordValue((now - due) / 1_000);
            }
        }
    }

    private double percentile(double percent) {
        return micros.getValueAtPercentile(percent) / 1e3;
    }
}
