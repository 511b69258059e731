package io.massivepipeline.job.oracle;

import io.massivepipeline.job.context.ChainContext;
import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.poll.chain.ChainPoll;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What section 4 of the contract says of an expiry, computed anew from the chain, spot and VIX, in
 * floating point and without a thought for speed.
 *
 * @param contracts tickers by strike, root and right
 */
public record SelectionOracle(
        int dteDays,
        int dteIndex,
        double atm,
        long range,
        double step,
        double lowest,
        double highest,
        List<String> contracts) {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    public static SelectionOracle of(
            ChainPoll chain, int expiry, double spot, Double vix, double multiplier, long at) {
        LocalDate date =
                LocalDate.parse(Integer.toString(expiry), DateTimeFormatter.BASIC_ISO_DATE);
        LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(at), NEW_YORK);
        int days = (int) (date.toEpochDay() - today.toEpochDay());
        int atLeastOne = Math.max(1, days);
        double range =
                Math.rint(
                        vix == null
                                ? 0.03 * spot * Math.sqrt(atLeastOne)
                                : multiplier * spot * vix / 100 * Math.sqrt(atLeastOne / 252.0));
        List<ChainContract> listed =
                chain.contracts().stream().filter(c -> c.expiry() == expiry).toList();
        double atm =
                listed.stream()
                        .map(c -> c.strike() / 1000.0)
                        .min(
                                Comparator.comparingDouble((Double k) -> Math.abs(k - spot))
                                        .thenComparing(Comparator.naturalOrder()))
                        .orElseThrow();
        List<ChainContract> inside =
                listed.stream()
                        .filter(c -> Math.abs(c.strike() / 1000.0 - atm) <= range)
                        .sorted(
                                Comparator.comparing(ChainContract::strike)
                                        .thenComparing(ChainContract::root)
                                        .thenComparing(c -> c.right().name()))
                        .toList();
        TreeSet<Double> strikes =
                inside.stream()
                        .map(c -> c.strike() / 1000.0)
                        .collect(Collectors.toCollection(TreeSet::new));
        return new SelectionOracle(
                days,
                chain.expiries().indexOf(expiry),
                atm,
                (long) range,
                step(strikes),
                strikes.first(),
                strikes.last(),
                inside.stream().map(ChainContract::ticker).toList());
    }

    private static double step(TreeSet<Double> strikes) {
        Map<Double, Long> distances = new TreeMap<>();
        for (double strike : strikes) {
            Optional.ofNullable(strikes.lower(strike))
                    .ifPresent(below -> distances.merge(strike - below, 1L, Long::sum));
        }
        long most = distances.values().stream().mapToLong(n -> n).max().orElse(0);
        return distances.entrySet().stream()
                .filter(distance -> distance.getValue() == most)
                .mapToDouble(Map.Entry::getKey)
                .min()
                .orElse(0);
    }

    /** The same, as the job has it. */
    public static SelectionOracle of(ChainContext context) {
        return new SelectionOracle(
                context.dteDays(),
                context.dteIndex(),
                context.atm() / 1000.0,
                context.rangePoints(),
                context.strikeStep() / 1000.0,
                context.strikeMin() / 1000.0,
                context.strikeMax() / 1000.0,
                context.contracts().stream().map(ChainContract::ticker).toList());
    }
}
