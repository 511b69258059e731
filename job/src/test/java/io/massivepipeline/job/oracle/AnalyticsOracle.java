package io.massivepipeline.job.oracle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What analytics must say of a feed at its end: the contract read once more, by counting everything
 * anew for every question, sharing nothing with the pipeline.
 */
public final class AnalyticsOracle {

    private final List<CountedTrade> trades;
    private final Map<String, List<CountedTrade>> byExpiry;
    private final Map<String, List<CountedTrade>> byUnderlying;
    private final long completed;

    /**
     * @param newest the largest {@code t} that was believed: as of it rates stand
     */
    AnalyticsOracle(List<CountedTrade> trades, long newest) {
        this.trades = trades;
        this.byExpiry = trades.stream().collect(Collectors.groupingBy(CountedTrade::expiry));
        this.byUnderlying =
                byExpiry.entrySet().stream()
                        .collect(
                                Collectors.groupingBy(
                                        expiry -> expiry.getKey().split(":")[0],
                                        Collectors.flatMapping(
                                                expiry -> expiry.getValue().stream(),
                                                Collectors.toList())));
        this.completed = (newest + 1) / 1000 * 1000;
    }

    /** The rates of the whole job. */
    public Map<String, BigDecimal> jobRates() {
        return rates(trades);
    }

    /** By underlying, and by underlying and expiry: the fields of their hashes. */
    public Map<String, Map<String, BigDecimal>> hashes() {
        Map<String, Map<String, BigDecimal>> hashes = new TreeMap<>();
        byExpiry.forEach((key, group) -> hashes.put(key, hash(group)));
        byUnderlying.forEach((key, group) -> hashes.put(key, hash(group)));
        return hashes;
    }

    /** By underlying and expiry, then by the end of the second: the fields of the windows. */
    public Map<String, Map<Long, Map<String, BigDecimal>>> windows() {
        Map<String, Map<Long, Map<String, BigDecimal>>> windows = new TreeMap<>();
        byExpiry.forEach(
                (key, group) -> {
                    Map<Long, Map<String, BigDecimal>> seconds = new TreeMap<>();
                    group.stream()
                            .filter(trade -> !trade.late())
                            .collect(Collectors.groupingBy(CountedTrade::secondEnd))
                            .forEach((end, second) -> seconds.put(end, window(second)));
                    if (!seconds.isEmpty()) {
                        windows.put(key, seconds);
                    }
                });
        return windows;
    }

    /** The volumes of all contracts of an underlying and expiry within the minute. */
    public Map<String, Long> recentVolumes(String expiry) {
        List<CountedTrade> ofExpiry = byExpiry.get(expiry);
        int date = newestDate(ofExpiry);
        Map<String, Long> volumes = new HashMap<>();
        for (CountedTrade trade : ofExpiry) {
            if (isWithin(60).test(trade) && trade.tradeDate() == date && trade.isRegular()) {
                volumes.merge(trade.contract(), trade.size(), Long::sum);
            }
        }
        return volumes;
    }

    private static int newestDate(List<CountedTrade> group) {
        return group.stream().mapToInt(CountedTrade::tradeDate).max().orElseThrow();
    }

    private Map<String, BigDecimal> hash(List<CountedTrade> group) {
        int date = newestDate(group);
        List<CountedTrade> ofDate =
                group.stream().filter(trade -> trade.tradeDate() == date).toList();
        Map<String, BigDecimal> fields = sums(ofDate);
        put(fields, "volume_late", size(ofDate, trade -> trade.report().equals("late")));
        put(fields, "volume_cancelled", size(ofDate, trade -> trade.report().equals("cancel")));
        put(fields, "last_ts", ofDate.stream().mapToLong(CountedTrade::t).max().orElse(0));
        put(fields, "trade_date", date);
        List<Long> bursts = groups(ofDate).values().stream().filter(size -> size > 1).toList();
        put(fields, "bursts", bursts.size());
        put(fields, "burst_max", bursts.stream().mapToLong(size -> size).max().orElse(0));
        fields.putAll(rates(ofDate));
        Set<String> active = new HashSet<>();
        ofDate.stream().filter(isWithin(60)).forEach(trade -> active.add(trade.contract()));
        put(fields, "contracts_active", active.size());
        return fields;
    }

    private static Map<String, BigDecimal> window(List<CountedTrade> second) {
        Map<String, BigDecimal> fields = sums(second);
        put(
                fields,
                "burst_max",
                groups(second).values().stream().mapToLong(size -> size).max().orElse(0));
        return fields;
    }

    private static Map<String, BigDecimal> sums(List<CountedTrade> group) {
        Map<String, BigDecimal> fields = new TreeMap<>();
        put(fields, "trades", group.size());
        put(fields, "volume", size(group, CountedTrade::isRegular));
        put(fields, "call_volume", size(group, trade -> trade.isRegular() && trade.isCall()));
        put(fields, "put_volume", size(group, trade -> trade.isRegular() && !trade.isCall()));
        fields.put(
                "premium",
                group.stream()
                        .filter(CountedTrade::isRegular)
                        .map(CountedTrade::premium)
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
        return fields;
    }

    /** On-time trades of one contract in one millisecond. */
    private static Map<String, Long> groups(List<CountedTrade> group) {
        return group.stream()
                .filter(trade -> !trade.late())
                .collect(
                        Collectors.groupingBy(
                                trade -> trade.contract() + trade.t(), Collectors.counting()));
    }

    private Map<String, BigDecimal> rates(List<CountedTrade> group) {
        Map<String, BigDecimal> fields = new TreeMap<>();
        for (int seconds : new int[] {1, 10, 60}) {
            long within = group.stream().filter(isWithin(seconds)).count();
            fields.put(
                    "rate_" + seconds + "s",
                    BigDecimal.valueOf(within)
                            .divide(BigDecimal.valueOf(seconds), 3, RoundingMode.HALF_EVEN));
        }
        Map<Long, Long> seconds =
                group.stream()
                        .filter(trade -> !trade.late())
                        .collect(
                                Collectors.groupingBy(
                                        CountedTrade::secondEnd, Collectors.counting()));
        put(
                fields,
                "peak_rate_1s",
                seconds.values().stream().mapToLong(count -> count).max().orElse(0));
        return fields;
    }

    private Predicate<CountedTrade> isWithin(int seconds) {
        return trade ->
                !trade.late()
                        && trade.secondEnd() <= completed
                        && trade.secondEnd() > completed - 1000L * seconds;
    }

    private static long size(List<CountedTrade> group, Predicate<CountedTrade> which) {
        return group.stream().filter(which).mapToLong(CountedTrade::size).sum();
    }

    private static void put(Map<String, BigDecimal> fields, String name, long value) {
        fields.put(name, BigDecimal.valueOf(value));
    }
}
