package io.massivepipeline.sinks.redis.benchmark;

import io.massivepipeline.sinks.redis.PassedIds;
import io.massivepipeline.sinks.redis.StreamAppend;
import io.massivepipeline.sinks.redis.StreamAppendBuilder;

import java.util.List;
import java.util.stream.IntStream;

/** The entries of a benchmark: nine short fields, as a trade has them, and ids that rise. */
final class Entries {

    static final String[] FIELDS = {
        "contract", "price", "size", "ts", "side", "exchange", "conditions", "q", "report"
    };

    private static final long BEGIN = 1_766_414_460_000L;
    private static final int PER_MILLISECOND = 400;

    private Entries() {}

    static String key(int stream) {
        return "bench:SPX:" + (20_251_222 + stream);
    }

    static long ms(long number) {
        return BEGIN + number / PER_MILLISECOND;
    }

    static long seq(long number) {
        return number << 20;
    }

    static String[] values(long number) {
        long strike = 6_000 + number % 200 * 5;
        return new String[] {
            "O:SPXW251222P0" + strike + "000",
            (number % 90 + 1) + "." + (number % 9 + 1),
            Long.toString(number % 50 + 1),
            Long.toString(ms(number)),
            "U",
            "302",
            "[209]",
            Long.toString(1_000_000 + number),
            "regular"
        };
    }

    /** One for each stream, with everything that a stream of the job has. */
    static List<StreamAppendBuilder> builders(int streams) {
        return IntStream.range(0, streams).mapToObj(Entries::builder).toList();
    }

    private static StreamAppendBuilder builder(int stream) {
        return StreamAppend.to(key(stream), FIELDS)
                .maxLength(100_000)
                .expireAt(System.currentTimeMillis() + 86_400_000)
                .onPassed(PassedIds.APPEND_LATE)
                .lateField("late_of")
                .companion("late:");
    }
}
