package io.massivepipeline.job;

import io.massivepipeline.fixtures.market.Market;
import io.massivepipeline.fixtures.market.TradeTape;
import io.massivepipeline.fixtures.provider.MarketDriver;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.job.oracle.RedisContent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Trades on their way through a live feed: every one has a number of its own. */
public final class LiveFeedTape {

    private static final Pattern NUMBER = Pattern.compile("\"q\":(\\d+)");
    private static final int LARGEST_FRAME = 200;

    private LiveFeedTape() {}

    /** Begins to publish trades of the invented market. */
    public static MarketDriver play(StandInProvider provider, long seed, double tradesPerSecond) {
        TradeTape tape =
                new TradeTape(
                        Market.seeded(seed),
                        seed,
                        System.currentTimeMillis(),
                        at -> tradesPerSecond);
        MarketDriver driver = new MarketDriver(provider, tape, LARGEST_FRAME);
        driver.start();
        return driver;
    }

    /** The numbers of the trades in frames, in order. */
    public static List<Long> numbersIn(List<String> frames) {
        return frames.stream()
                .flatMap(frame -> NUMBER.matcher(frame).results())
                .map(MatchResult::group)
                .map(text -> Long.parseLong(text.substring(4)))
                .toList();
    }

    /** The numbers of the trades in all streams; one that is there twice is here twice. */
    public static List<Long> numbersIn(RedisContent redis) {
        return redis.streams().values().stream()
                .flatMap(List::stream)
                .map(entry -> Long.parseLong(entry.getBody().get("q")))
                .toList();
    }

    /** Those of some numbers that are not among others; quickly, also if they are many. */
    public static Set<Long> missing(Collection<Long> numbers, Collection<Long> among) {
        Set<Long> missing = new HashSet<>(numbers);
        among.forEach(missing::remove);
        return missing;
    }

    /** The frames with trades in a capture, in order. */
    public static List<String> framesIn(Path capture) throws IOException {
        try (Stream<String> lines = Files.lines(capture)) {
            return lines.map(line -> line.substring(line.indexOf('\t') + 1))
                    .filter(frame -> frame.contains("\"ev\":\"T\""))
                    .toList();
        }
    }
}
