package io.massivepipeline.sources.poll.spot;

import io.massivepipeline.sources.poll.ProviderSymbol;
import io.massivepipeline.sources.poll.json.Leaf;
import io.massivepipeline.sources.trade.Price;

import com.fasterxml.jackson.databind.JsonNode;

import java.math.BigDecimal;

/**
 * Reads a result of the universal snapshot. An index has a {@code value} and no volume, a stock a
 * {@code session.price}; which of the times there are depends on the plan.
 */
final class SpotItem {

    /** No index stands above that, and no price of an option may. */
    private static final BigDecimal LIMIT = BigDecimal.valueOf(Price.LIMIT);

    private SpotItem() {}

    /**
     * The price of a result, or null if it tells none.
     *
     * @param askedAt Unix milliseconds, the time of a price whose own is not told
     */
    static SpotPrice price(String ticker, JsonNode item, long askedAt) {
        BigDecimal value = value(item);
        if (value == null || value.signum() <= 0 || value.compareTo(LIMIT) >= 0) {
            return null;
        }
        Long time = time(item);
        return new SpotPrice(
                ProviderSymbol.bare(ticker),
                ticker,
                value,
                Leaf.whole(Leaf.object(item, "session"), "volume"),
                time == null ? askedAt : time,
                Leaf.text(item, "market_status"),
                Leaf.text(item, "timeframe"));
    }

    private static BigDecimal value(JsonNode item) {
        BigDecimal value = Leaf.decimal(item, "value");
        if (value == null) {
            value = Leaf.decimal(Leaf.object(item, "session"), "price");
        }
        return value != null ? value : Leaf.decimal(Leaf.object(item, "last_trade"), "price");
    }

    private static Long time(JsonNode item) {
        Long time = Leaf.time(item, "last_updated");
        if (time == null) {
            time = Leaf.time(Leaf.object(item, "last_trade"), "sip_timestamp");
        }
        if (time == null) {
            time = Leaf.time(Leaf.object(item, "last_trade"), "last_updated");
        }
        return time != null ? time : Leaf.time(Leaf.object(item, "last_quote"), "last_updated");
    }
}
