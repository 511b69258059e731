package io.massivepipeline.sources.poll.chain;

import io.massivepipeline.sources.poll.json.Leaf;
import io.massivepipeline.sources.poll.rest.RestException;
import io.massivepipeline.sources.trade.OptionContract;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Optional;

/** Reads a result of the chain snapshot. All of it but the ticker may be missing. */
final class ContractItem {

    private ContractItem() {}

    /**
     * The contract, or null if its ticker names none: the provider's own examples have such.
     *
     * @throws RestException if there is no ticker: then this is no chain
     */
    static ChainContract read(JsonNode item) throws RestException {
        String ticker = Leaf.text(Leaf.object(item, "details"), "ticker");
        if (ticker == null) {
            throw new RestException(
                    RestException.Kind.MALFORMED, "a contract of the chain has no ticker");
        }
        Optional<OptionContract> contract = OptionContract.parse(ticker);
        return contract.isEmpty() ? null : read(contract.get(), item);
    }

    /** What the ticker says is taken from there: its strike is exact. */
    private static ChainContract read(OptionContract contract, JsonNode item) {
        JsonNode quote = Leaf.object(item, "last_quote");
        JsonNode trade = Leaf.object(item, "last_trade");
        JsonNode greeks = Leaf.object(item, "greeks");
        return new ChainContract(
                contract.ticker(),
                contract.root(),
                contract.right(),
                contract.expiry(),
                contract.strikeThousandths(),
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
}
