package io.massivepipeline.job.context;

import io.massivepipeline.sources.calendar.ExpiryDate;
import io.massivepipeline.sources.calendar.TradeDate;
import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.chain.ChainPoll;
import io.massivepipeline.sources.poll.spot.SpotPoll;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Spot meets chain: what is selected of each underlying, as a function of the sequence of answers
 * alone.
 *
 * <p>A new chain selects all its expiries anew. A new price does so only where another strike is at
 * the money or other contracts come into the window: what a tick moves beside that is no news to
 * anyone, and the next chain has it.
 */
final class ContextSelection {

    /** The index that gives the strike window its width. */
    private static final String VIX = "VIX";

    private final Set<String> underlyings;
    private final int expirations;
    private final ExpirySelector selector;

    private final ContextClock clock;
    private final Prices prices;
    private final Map<String, KnownChain> chains;
    private final SelectedExpiries selected;

    /** By underlying, as the newest chain has them. */
    private final Map<String, List<ListedExpiry>> listed = new TreeMap<>();

    /**
     * @param underlyings those that have chains; answers about others are passed over
     * @param expirations how many of the first listed expiries are selected
     * @param rangeMultiplier how many standard deviations wide a half of the strike window is
     */
    ContextSelection(
            Set<String> underlyings,
            int expirations,
            double rangeMultiplier,
            SelectionState restored) {
        this.underlyings = underlyings;
        this.expirations = expirations;
        this.selector = new ExpirySelector(rangeMultiplier);
        this.clock = new ContextClock(restored.at());
        this.prices = new Prices(restored.prices());
        this.chains = new HashMap<>(restored.chains());
        chains.keySet().retainAll(underlyings);
        chains.forEach((name, known) -> listed.put(name, ListedExpiry.of(known.chain())));
        this.selected = new SelectedExpiries(underlyings, restored);
    }

    SelectionState state() {
        return new SelectionState(
                clock.now(),
                prices.known(),
                new HashMap<>(chains),
                selected.newest(),
                selected.index());
    }

    /** Takes an answer and returns what it leads to. */
    SelectionStep take(ContextAnswer answer) {
        long at = clock.advance(answer.polledAt());
        SelectionStep.Builder step = new SelectionStep.Builder();
        if (answer.spot() != null) {
            take(answer.spot(), at, step);
        } else {
            take(answer.chain(), at, step);
        }
        return step.build();
    }

    private void take(SpotPoll answer, long at, SelectionStep.Builder step) {
        for (Spot spot : prices.take(answer, at)) {
            step.spot(spot);
        }
        for (String underlying : listed.keySet()) {
            select(underlying, at, !isSelected(underlying), step);
        }
    }

    /** Whether anything was selected of the newest chain, which may have come before a price. */
    private boolean isSelected(String underlying) {
        long polledAt = chains.get(underlying).chain().polledAt();
        return selected.of(underlying).stream().anyMatch(c -> c.polledAt() == polledAt);
    }

    private void take(ChainPoll answer, long at, SelectionStep.Builder step) {
        KnownChain before = chains.get(answer.underlying());
        // The pollers repeat after a restart what they answered before.
        if (!underlyings.contains(answer.underlying())
                || (before != null && before.chain().equals(answer))) {
            return;
        }
        chains.put(answer.underlying(), new KnownChain(answer, at));
        listed.put(answer.underlying(), ListedExpiry.of(answer));
        select(answer.underlying(), at, true, step);
    }

    /**
     * @param all whether all expiries are selected anew, or only those where that makes a
     *     difference
     */
    private void select(String underlying, long at, boolean all, SelectionStep.Builder step) {
        BigDecimal spot = prices.value(underlying, at);
        int tradeDate = TradeDate.of(at);
        // What was listed and quoted on an earlier trade date is no news, whatever spot does.
        if (spot == null || TradeDate.of(chains.get(underlying).seenAt()) != tradeDate) {
            return;
        }
        BigDecimal vix = prices.value(VIX, at);
        Map<String, ChainContext> now = new LinkedHashMap<>();
        listed.get(underlying).stream()
                .filter(expiry -> ExpiryDate.endOf(expiry.stream().expiry()) > at)
                .limit(expirations)
                .forEach(
                        expiry ->
                                now.put(
                                        expiry.stream().text(),
                                        selector.select(
                                                all ? null : selected.of(expiry.stream()),
                                                expiry,
                                                spot,
                                                vix,
                                                at)));
        step.selected(
                all
                        ? selected.replace(underlying, now, tradeDate)
                        : selected.update(underlying, now, tradeDate));
    }
}
