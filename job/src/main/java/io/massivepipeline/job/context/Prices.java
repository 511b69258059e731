package io.massivepipeline.job.context;

import io.massivepipeline.sources.calendar.TradeDate;
import io.massivepipeline.sources.poll.spot.SpotPoll;
import io.massivepipeline.sources.poll.spot.SpotPrice;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The newest price of each symbol. One that an answer lacks stays as it was. */
final class Prices {

    private final Map<String, KnownPrice> known;

    Prices(Map<String, KnownPrice> known) {
        this.known = new HashMap<>(known);
    }

    Map<String, KnownPrice> known() {
        return new HashMap<>(known);
    }

    /**
     * Takes an answer and returns what is news of it: symbols of which value or volume changed.
     *
     * @param at its context time
     */
    List<Spot> take(SpotPoll answer, long at) {
        List<Spot> news = new ArrayList<>();
        for (SpotPrice price : answer.prices()) {
            KnownPrice before = known.get(price.symbol());
            if (before != null && isSame(before.spot().price(), price)) {
                known.put(price.symbol(), new KnownPrice(before.spot(), at));
            } else {
                Spot spot = new Spot(at, price);
                known.put(price.symbol(), new KnownPrice(spot, at));
                news.add(spot);
            }
        }
        return news;
    }

    private static boolean isSame(SpotPrice one, SpotPrice other) {
        return one.value().compareTo(other.value()) == 0
                && Objects.equals(one.volume(), other.volume());
    }

    /**
     * The value of a symbol, or null. What was told on an earlier trade date alone is none: a job
     * that was down for a week must not select by what it knew then.
     */
    BigDecimal value(String symbol, long at) {
        KnownPrice price = known.get(symbol);
        return price == null || TradeDate.of(price.seenAt()) != TradeDate.of(at)
                ? null
                : price.spot().price().value();
    }
}
