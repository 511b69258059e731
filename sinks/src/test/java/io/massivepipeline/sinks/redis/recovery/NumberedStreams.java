package io.massivepipeline.sinks.redis.recovery;

import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.fixtures.redis.RespClient.StreamEntry;
import io.massivepipeline.sinks.redis.PassedIds;
import io.massivepipeline.sinks.redis.RedisConnectionConfig;
import io.massivepipeline.sinks.redis.RedisSink;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.StreamAppend;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A job that spreads numbers over streams, each of which gets its own in order. A number that
 * overtakes another one of its stream is seen: the other then stands as a late entry.
 */
final class NumberedStreams {

    private static final int STREAMS = 8;

    private final RedisConnectionConfig redis;
    private final long numbers;
    private final double perSecond;

    NumberedStreams(RedisConnectionConfig redis, long numbers, double perSecond) {
        this.redis = redis;
        this.numbers = numbers;
        this.perSecond = perSecond;
    }

    /**
     * @param onTheWay what is done with each number before it is written, by one subtask
     */
    JobGraph job(Configuration configuration, int sinks, MapFunction<Long, Long> onTheWay) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        RedisSink<Long> sink =
                RedisSink.<Long>builder()
                        .setConnection(redis)
                        .setConverter((number, out) -> out.accept(append(number)))
                        .build();
        env.fromSource(
                        new DataGeneratorSource<>(
                                (GeneratorFunction<Long, Long>) index -> index,
                                numbers,
                                RateLimiterStrategy.perSecond(perSecond),
                                Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .setParallelism(1)
                .map(onTheWay)
                .returns(Types.LONG)
                .uid("on-the-way")
                .setParallelism(1)
                .keyBy(number -> number % STREAMS)
                .sinkTo(sink)
                .name("streams")
                .uid("streams")
                .setParallelism(sinks);
        return env.getStreamGraph().getJobGraph();
    }

    private static RedisWrite append(long number) {
        return StreamAppend.to(key(number % STREAMS), "number")
                .onPassed(PassedIds.APPEND_LATE)
                .lateField("late_of")
                .companion("late:")
                .add(number / STREAMS + 1, 0, Long.toString(number))
                .build();
    }

    private static String key(long stream) {
        return "numbers:" + stream;
    }

    /** How many entries there are, of the shortest stream. */
    static long length(RespClient redis) {
        return LongStream.range(0, STREAMS)
                .map(stream -> redis.number("XLEN", key(stream)))
                .min()
                .orElseThrow();
    }

    /** Every number stands once and in order, and nothing else. */
    void assertComplete(RespClient redis) {
        for (long stream = 0; stream < STREAMS; stream++) {
            long first = stream;
            List<StreamEntry> expected =
                    LongStream.range(0, numbers)
                            .filter(number -> number % STREAMS == first)
                            .mapToObj(
                                    number ->
                                            new StreamEntry(
                                                    number / STREAMS + 1 + "-0",
                                                    Map.of("number", "" + number)))
                            .toList();
            assertThat(redis.stream(key(stream))).as(key(stream)).isEqualTo(expected);
        }
    }
}
