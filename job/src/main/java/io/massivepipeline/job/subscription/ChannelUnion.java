package io.massivepipeline.job.subscription;

import io.massivepipeline.sources.calendar.ExpiryDate;
import io.massivepipeline.sources.trade.OptionContract;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All contracts that were ever selected on the running trade date, so that none that was covered
 * goes dark when the window of strikes moves on. Not thread-safe.
 *
 * <p>An underlying starts fresh on a trade date once something of it is selected on that date;
 * until then, in the evening or while the pollers are not up, it keeps what does not expire
 * meanwhile.
 */
final class ChannelUnion {

    private final Map<String, Day> days = new TreeMap<>();

    /** What was selected of an underlying on a trade date. */
    private record Day(int tradeDate, Set<OptionContract> contracts) {}

    /**
     * Takes what stands in Redis and returns the union.
     *
     * @param now Unix milliseconds
     */
    Collection<OptionContract> grow(List<Params> standing, long now) {
        for (Params params : standing) {
            days.merge(
                    params.stream().underlying(),
                    new Day(params.tradeDate(), Set.of()),
                    (old, found) -> found.tradeDate() > old.tradeDate() ? found : old);
        }
        for (Params params : standing) {
            days.computeIfPresent(
                    params.stream().underlying(), (underlying, day) -> with(day, params));
        }
        Set<OptionContract> all = new LinkedHashSet<>();
        for (Day day : days.values()) {
            day.contracts().stream()
                    .filter(contract -> ExpiryDate.endOf(contract.expiry()) > now)
                    .forEach(all::add);
        }
        return all;
    }

    private static Day with(Day day, Params params) {
        if (params.tradeDate() != day.tradeDate()) {
            return day;
        }
        Set<OptionContract> more = new LinkedHashSet<>(day.contracts());
        more.addAll(params.contracts());
        return new Day(day.tradeDate(), more);
    }
}
