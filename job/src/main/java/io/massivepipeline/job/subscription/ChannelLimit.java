package io.massivepipeline.job.subscription;

import io.massivepipeline.sources.trade.OptionContract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps of too many contracts those nearest to the money and nearest in expiry: strike by strike
 * from the money outwards, of each distance the nearest expiries first.
 *
 * @param most how many are kept
 */
record ChannelLimit(int most) {

    private static final Comparator<Ranked> NEAREST_FIRST =
            Comparator.comparingInt(Ranked::rank)
                    .thenComparingInt(ranked -> ranked.contract().expiry())
                    .thenComparing(ranked -> ranked.contract().ticker());

    /** A contract by how many strikes of its expiry are nearer to the money than its own. */
    private record Ranked(OptionContract contract, int rank) {}

    /**
     * @param standing what is selected now, in the middle of whose strikes the money is
     */
    List<OptionContract> keep(Collection<OptionContract> contracts, List<Params> standing) {
        if (contracts.size() <= most) {
            return List.copyOf(contracts);
        }
        Map<String, List<OptionContract>> selected = new HashMap<>();
        standing.forEach(params -> selected.put(params.stream().text(), params.contracts()));
        List<Ranked> ranked = new ArrayList<>();
        contracts.stream()
                .collect(Collectors.groupingBy(OptionContract::expiryKey))
                .forEach(
                        (stream, ofExpiry) -> {
                            long money = middle(selected.getOrDefault(stream, ofExpiry));
                            ranked.addAll(rank(ofExpiry, money));
                        });
        return ranked.stream().sorted(NEAREST_FIRST).limit(most).map(Ranked::contract).toList();
    }

    private static long middle(List<OptionContract> contracts) {
        List<Long> strikes = strikes(contracts).sorted().toList();
        return strikes.get((strikes.size() - 1) / 2);
    }

    private static List<Ranked> rank(List<OptionContract> contracts, long money) {
        List<Long> outwards =
                strikes(contracts)
                        .sorted(
                                Comparator.comparingLong((Long strike) -> Math.abs(strike - money))
                                        .thenComparing(Comparator.naturalOrder()))
                        .toList();
        Map<Long, Integer> ranks = new HashMap<>();
        outwards.forEach(strike -> ranks.put(strike, ranks.size()));
        return contracts.stream()
                .map(contract -> new Ranked(contract, ranks.get(contract.strikeThousandths())))
                .toList();
    }

    private static Stream<Long> strikes(List<OptionContract> contracts) {
        return contracts.stream().map(OptionContract::strikeThousandths).distinct();
    }
}
