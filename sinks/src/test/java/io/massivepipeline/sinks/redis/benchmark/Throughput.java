package io.massivepipeline.sinks.redis.benchmark;

import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.sinks.redis.RedisConnectionConfig;
import io.massivepipeline.sinks.redis.StreamAppendBuilder;
import io.massivepipeline.sinks.redis.testing.WriterHarness;

import java.util.List;

/** How many entries a second, by the raw client and by the sink in turns. */
final class Throughput {

    private final RedisServer server;
    private final long entries;
    private final int rounds;

    /**
     * @param entries in each round, by each of the two
     * @param rounds that are reported, after one that warms up
     */
    Throughput(RedisServer server, long entries, int rounds) {
        this.server = server;
        this.entries = entries;
        this.rounds = rounds;
    }

    /**
     * @param run how many neighbouring entries are of one stream, and one element of the sink
     */
    void measure(int streams, int run) throws Exception {
        for (int round = 0; round <= rounds; round++) {
            empty();
            double raw =
                    entries / RawClient.write(server.host(), server.port(), streams, run, entries);
            empty();
            double sink = entries / write(streams, run);
            if (round > 0) {
                System.out.printf(
                        "%-8d %-16d %-10.0f %-10.0f %.2f%n", streams, run, raw, sink, sink / raw);
            }
        }
    }

    private void empty() {
        try (RespClient redis = server.connect()) {
            redis.command("FLUSHALL");
        }
    }

    private double write(int streams, int run) throws Exception {
        List<StreamAppendBuilder> builders = Entries.builders(streams);
        try (WriterHarness harness = new WriterHarness(RedisConnectionConfig.of(server.uri()))) {
            long start = System.nanoTime();
            long number = 0;
            while (number < entries) {
                StreamAppendBuilder builder = builders.get((int) (number / run % streams));
                for (int i = 0; i < run; i++) {
                    builder.add(Entries.ms(number), Entries.seq(number), Entries.values(number));
                    number++;
                }
                harness.write(builder.build());
                harness.runMails();
            }
            harness.flush();
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
