package io.massivepipeline.job.oracle;

import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.chain.ChainPoll;
import io.massivepipeline.sources.poll.spot.SpotPrice;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What must stand in Redis after some answers of the provider, by section 4 of the contract: after
 * each answer everything is selected anew, and what differs from before in contracts or in the
 * strike at the money counts, as does every selection of a new chain.
 */
public final class ContextOracle {

    private final double rangeMultiplier;
    private final int expirations;

    private final Map<String, List<SpotPrice>> prices = new TreeMap<>();
    private final Map<String, ChainPoll> chains = new TreeMap<>();
    private final Map<String, Selected> selected = new TreeMap<>();

    /**
     * A selection.
     *
     * @param spot it was selected by
     * @param at since when it holds
     */
    public record Selected(SelectionOracle selection, double spot, long at) {}

    public ContextOracle(double rangeMultiplier, int expirations) {
        this.rangeMultiplier = rangeMultiplier;
        this.expirations = expirations;
    }

    /** Takes the next answer. */
    public void take(ContextAnswer answer) {
        if (answer.spot() != null) {
            answer.spot().prices().forEach(this::take);
            chains.keySet().forEach(underlying -> select(underlying, answer.polledAt(), false));
        } else {
            chains.put(answer.chain().underlying(), answer.chain());
            select(answer.chain().underlying(), answer.polledAt(), true);
        }
    }

    private void take(SpotPrice price) {
        List<SpotPrice> known = prices.computeIfAbsent(price.symbol(), symbol -> new ArrayList<>());
        SpotPrice before = known.isEmpty() ? null : known.get(known.size() - 1);
        if (before == null
                || before.value().doubleValue() != price.value().doubleValue()
                || !Objects.equals(before.volume(), price.volume())) {
            known.add(price);
        }
    }

    private void select(String underlying, long at, boolean all) {
        Double spot = newest(underlying);
        if (spot == null) {
            return;
        }
        ChainPoll chain = chains.get(underlying);
        for (int expiry : chain.expiries().stream().limit(expirations).toList()) {
            SelectionOracle now =
                    SelectionOracle.of(chain, expiry, spot, newest("VIX"), rangeMultiplier, at);
            Selected before = selected.get(underlying + ":" + expiry);
            if (all
                    || before == null
                    || before.selection().atm() != now.atm()
                    || !before.selection().contracts().equals(now.contracts())) {
                selected.put(underlying + ":" + expiry, new Selected(now, spot, at));
            }
        }
    }

    private Double newest(String symbol) {
        List<SpotPrice> known = prices.get(symbol);
        return known == null ? null : known.get(known.size() - 1).value().doubleValue();
    }

    /** By symbol: each price that was news, in order. */
    public Map<String, List<SpotPrice>> prices() {
        return prices;
    }

    /** By underlying and expiry: the newest selection. */
    public Map<String, Selected> selected() {
        return selected;
    }
}
