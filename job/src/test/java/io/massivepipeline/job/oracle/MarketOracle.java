package io.massivepipeline.job.oracle;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.market.OptionContract;
import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.poll.chain.ChainPoll;
import io.massivepipeline.sources.trade.OptionRight;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What section 4 of the contract wants to be selected of a market at an instant, by what the market
 * itself lists: nothing of it has gone through a poller.
 *
 * @param expirations how many of the first listed expiries are selected
 */
public record MarketOracle(ListedMarket market, double rangeMultiplier, int expirations) {

    /**
     * By underlying and expiry.
     *
     * @param vix null if there is none
     */
    public Map<String, SelectionOracle> selected(String underlying, Double vix, long at) {
        List<LocalDate> listed = market.expiries(underlying, at).subList(0, expirations);
        ChainPoll chain =
                new ChainPoll(
                        at,
                        underlying,
                        listed.stream().map(MarketOracle::number).toList(),
                        listed.stream()
                                .flatMap(day -> market.contracts(underlying, day, at).stream())
                                .map(MarketOracle::contract)
                                .toList());
        double spot = market.price(underlying, at).orElseThrow();
        Map<String, SelectionOracle> selected = new TreeMap<>();
        for (int expiry : chain.expiries()) {
            selected.put(
                    underlying + ":" + expiry,
                    SelectionOracle.of(chain, expiry, spot, vix, rangeMultiplier, at));
        }
        return selected;
    }

    private static int number(LocalDate day) {
        return day.getYear() * 10_000 + day.getMonthValue() * 100 + day.getDayOfMonth();
    }

    private static ChainContract contract(OptionContract listed) {
        return new ChainContract(
                listed.ticker(),
                listed.root(),
                listed.call() ? OptionRight.CALL : OptionRight.PUT,
                number(listed.expiry()),
                listed.strike(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
