package io.massivepipeline.sources.poll.chain;

import io.massivepipeline.sources.poll.json.Leaf;
import io.massivepipeline.sources.poll.rest.RestException;
import io.massivepipeline.sources.trade.OptionContract;
import io.massivepipeline.sources.trade.OptionRight;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Map;
import java.util.Objects;

/** Reads a result of the chain snapshot. All of it but the ticker may be missing. */
final class ContractItem {

    private ContractItem() {}

    /**
     * The contract, or null if its ticker names none: the provider's own examples have such.
     *
     * @param known contracts of an earlier answer by their tickers; what is as it was there is
     *     shared with it, so that it does not live once more
     * @throws RestException if there is no ticker: then this is no chain
     */
    static ChainContract read(JsonNode item, Map<String, ChainContract> known)
            throws RestException {
        String ticker = Leaf.text(Leaf.object(item, "details"), "ticker");
        if (ticker == null) {
            throw new RestException(
                    RestException.Kind.MALFORMED, "a contract of the chain has no ticker");
        }
        ChainContract before = known.get(ticker);
        return before != null
                ? sharing(before, read(item, before))
                : OptionContract.parse(ticker).map(parsed -> read(item, parsed)).orElse(null);
    }

    /** What the ticker says is taken from there: its strike is exact. */
    private static ChainContract read(JsonNode item, OptionContract contract) {
        return read(
                item,
                contract.ticker(),
                contract.root(),
                contract.right(),
                contract.expiry(),
                contract.strikeThousandths());
    }

    private static ChainContract read(JsonNode item, ChainContract before) {
        return read(
                item,
                before.ticker(),
                before.root(),
                before.right(),
                before.expiry(),
                before.strike());
    }

    private static ChainContract read(
            JsonNode item,
            String ticker,
            String root,
            OptionRight right,
            int expiry,
            long strikeThousandths) {
        JsonNode quote = Leaf.object(item, "last_quote");
        JsonNode trade = Leaf.object(item, "last_trade");
        JsonNode greeks = Leaf.object(item, "greeks");
        return new ChainContract(
                ticker,
                root,
                right,
                expiry,
                strikeThousandths,
                Leaf.small(Leaf.object(item, "details"), "shares_per_contract"),
                Leaf.decimal(quote, "bid"),
                Leaf.decimal(quote, "ask"),
                Leaf.decimal(quote, "midpoint"),
                Leaf.time(quote, "last_updated"),
                Leaf.decimal(trade, "price"),
                Leaf.time(trade, "sip_timestamp"),
                Leaf.real(item, "implied_volatility"),
                Leaf.real(greeks, "delta"),
                Leaf.real(greeks, "gamma"),
                Leaf.real(greeks, "theta"),
                Leaf.real(greeks, "vega"),
                Leaf.whole(item, "open_interest"),
                Leaf.whole(Leaf.object(item, "day"), "volume"));
    }

    private static ChainContract sharing(ChainContract before, ChainContract now) {
        return now.equals(before)
                ? before
                : new ChainContract(
                        now.ticker(),
                        now.root(),
                        now.right(),
                        now.expiry(),
                        now.strike(),
                        now.sharesPerContract(),
                        shared(before.bid(), now.bid()),
                        shared(before.ask(), now.ask()),
                        shared(before.mid(), now.mid()),
                        shared(before.quotedAt(), now.quotedAt()),
                        shared(before.last(), now.last()),
                        shared(before.lastAt(), now.lastAt()),
                        shared(before.iv(), now.iv()),
                        shared(before.delta(), now.delta()),
                        shared(before.gamma(), now.gamma()),
                        shared(before.theta(), now.theta()),
                        shared(before.vega(), now.vega()),
                        shared(before.openInterest(), now.openInterest()),
                        shared(before.dayVolume(), now.dayVolume()));
    }

    private static <T> T shared(T before, T now) {
        return Objects.equals(before, now) ? before : now;
    }
}
