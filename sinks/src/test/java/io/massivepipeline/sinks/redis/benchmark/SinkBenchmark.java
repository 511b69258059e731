package io.massivepipeline.sinks.redis.benchmark;

import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;

/**
 * Measures the sink beside a raw client that writes the same entries to the same server in the same
 * run, and how long an entry takes to be acknowledged at a steady rate. The sink is driven as a
 * task drives it, by one thread that hands over elements and runs what comes back; packing the
 * entries is part of what is measured.
 *
 * <p>Run it by {@code mvn -Pbenchmark -pl sinks -am}; {@code -Dentries=1000000 -Drounds=4
 * -Dseconds=20} change what is measured.
 */
public final class SinkBenchmark {

    private SinkBenchmark() {}

    public static void main(String... arguments) throws Exception {
        long entries = Long.getLong("entries", 1_000_000);
        int rounds = Integer.getInteger("rounds", 4);
        int seconds = Integer.getInteger("seconds", 20);
        try (RedisServer server =
                RedisServers.systemAvailable()
                        ? RedisServers.system(RedisOptions.defaults())
                        : RedisServers.embedded(RedisOptions.defaults())) {
            Throughput throughput = new Throughput(server, entries, rounds);
            System.out.println(Throughput.HEADING);
            throughput.measure(1, 100);
            throughput.measure(40, 25);
            throughput.measure(5_000, 2);
            new AcknowledgementLatency(server, 20_000, 40).measure(seconds);
        }
    }
}
