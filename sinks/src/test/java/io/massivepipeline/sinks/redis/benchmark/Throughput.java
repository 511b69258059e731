package io.massivepipeline.sinks.redis.benchmark;

import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.sinks.redis.RedisConnectionConfig;
import io.massivepipeline.sinks.redis.StreamAppendBuilder;
import io.massivepipeline.sinks.redis.testing.WriterHarness;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How many entries a second, by the raw client and by the sink in turns, and what an entry costs
 * the server: that bounds what any client can reach, and can be told on a busy machine too.
 */
final class Throughput {

    static final String HEADING =
            "streams  entries/element  raw/s      sink/s     ratio   raw us  sink us of the server";

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
     * Prints every round, and the medians of all.
     *
     * @param run how many neighbouring entries are of one stream, and one element of the sink
     */
    void measure(int streams, int run) throws Exception {
        List<Speed> raw = new ArrayList<>();
        List<Speed> sink = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            Speed client =
                    measured(
                            () ->
                                    RawClient.write(
                                            server.host(), server.port(), streams, run, entries));
            Speed ours = measured(() -> write(streams, run));
            if (round > 0) {
                raw.add(client);
                sink.add(ours);
                print(streams, Integer.toString(run), client, ours);
            }
        }
        print(streams, "median", Speed.median(raw), Speed.median(sink));
    }

    private static void print(int streams, String what, Speed raw, Speed sink) {
        System.out.printf(
                "%-8d %-16s %-10.0f %-10.0f %-7.2f %-7.2f %.2f%n",
                streams,
                what,
                raw.perSecond(),
                sink.perSecond(),
                sink.perSecond() / raw.perSecond(),
                raw.serverMicros(),
                sink.serverMicros());
    }

    private Speed measured(Writing writing) throws Exception {
        try (RespClient redis = server.connect()) {
            redis.command("FLUSHALL");
            double before = serverSeconds(redis);
            double seconds = writing.seconds();
            double serverSeconds = serverSeconds(redis) - before;
            return new Speed(entries / seconds, serverSeconds * 1e6 / entries);
        }
    }

    private static double serverSeconds(RespClient redis) {
        return redis.text("INFO", "cpu")
                .lines()
                .filter(line -> line.matches("used_cpu_(user|sys):.*"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                .sum();
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

    /** Writes all entries and says how long that took. */
    private interface Writing {
        double seconds() throws Exception;
    }

    /**
     * Of one round, or the medians of several.
     *
     * @param serverMicros processor time of the server for an entry
     */
    private record Speed(double perSecond, double serverMicros) {

        static Speed median(List<Speed> rounds) {
            return new Speed(median(rounds, Speed::perSecond), median(rounds, Speed::serverMicros));
        }

        private static double median(List<Speed> rounds, ToDoubleFunction<Speed> figure) {
            double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
            int half = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        }
    }
}
