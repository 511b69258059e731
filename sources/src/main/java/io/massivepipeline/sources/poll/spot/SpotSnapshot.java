package io.massivepipeline.sources.poll.spot;

import io.massivepipeline.sources.poll.Complaints;
import io.massivepipeline.sources.poll.PollCounters;
import io.massivepipeline.sources.poll.SwitchedOff;
import io.massivepipeline.sources.poll.json.Leaf;
import io.massivepipeline.sources.poll.rest.RestClient;
import io.massivepipeline.sources.poll.rest.RestException;
import io.massivepipeline.sources.poll.rest.RestRequest;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks for the prices of several symbols in one request ({@code /v3/snapshot}). What the plan lacks
 * is left out from then on; what is wrong with one symbol does no harm to the others.
 */
public final class SpotSnapshot {

    /** Of symbols in one request, by the provider. */
    public static final int MAX_SYMBOLS = 250;

    private static final String PATH = "/v3/snapshot";
    private static final String NOT_ENTITLED = "NOT_ENTITLED";

    private final RestClient client;
    private final List<String> symbols;
    private final PollCounters counters;
    private final Complaints complaints;
    private final SwitchedOff switchedOff;
    private final Clock clock;

    /**
     * @param symbols as the provider has them: {@code I:SPX}, {@code SPY}
     */
    public SpotSnapshot(
            RestClient client,
            List<String> symbols,
            PollCounters counters,
            Complaints complaints,
            SwitchedOff switchedOff,
            Clock clock) {
        this.client = client;
        this.symbols = symbols;
        this.counters = counters;
        this.complaints = complaints;
        this.switchedOff = switchedOff;
        this.clock = clock;
    }

    /**
     * The prices that the provider tells.
     *
     * @throws RestException if there is no answer
     */
    public List<SpotPrice> ask() throws RestException, InterruptedException {
        List<String> asked = symbols.stream().filter(symbol -> !switchedOff.has(symbol)).toList();
        if (asked.isEmpty()) {
            return List.of();
        }
        try {
            return ask(asked);
        } catch (RestException refused) {
            if (refused.kind() != RestException.Kind.NOT_ENTITLED) {
                throw refused;
            }
            return oneByOne(asked);
        }
    }

    /** A refusal of all does not say which of them it means. */
    private List<SpotPrice> oneByOne(List<String> asked)
            throws RestException, InterruptedException {
        List<SpotPrice> prices = new ArrayList<>();
        for (String symbol : asked) {
            try {
                prices.addAll(ask(List.of(symbol)));
            } catch (RestException refused) {
                if (refused.kind() != RestException.Kind.NOT_ENTITLED) {
                    throw refused;
                }
                switchedOff.refused(symbol, refused.getMessage());
            }
        }
        return prices;
    }

    private List<SpotPrice> ask(List<String> asked) throws RestException, InterruptedException {
        RestRequest request =
                RestRequest.to(PATH)
                        .with("ticker.any_of", String.join(",", asked))
                        .with("limit", MAX_SYMBOLS);
        List<JsonNode> items = client.all(request, item -> item).items();
        Set<String> open = new HashSet<>(asked);
        List<SpotPrice> prices = new ArrayList<>();
        for (JsonNode item : items) {
            String ticker = Leaf.text(item, "ticker");
            if (ticker == null || !open.remove(ticker)) {
                continue;
            }
            SpotPrice price = price(ticker, item);
            if (price != null) {
                prices.add(price);
            }
        }
        for (String unanswered : open) {
            wrong(unanswered, "the answer does not mention it");
        }
        return prices;
    }

    private SpotPrice price(String ticker, JsonNode item) {
        String error = Leaf.text(item, "error");
        if (NOT_ENTITLED.equals(error)) {
            switchedOff.refused(ticker, String.valueOf(Leaf.text(item, "message")));
            return null;
        }
        if (error != null) {
            wrong(ticker, error + ", " + Leaf.text(item, "message"));
            return null;
        }
        SpotPrice price = SpotItem.price(ticker, item, clock.millis());
        if (price == null) {
            wrong(ticker, "the answer has no price");
        } else {
            complaints.settle(ticker);
            switchedOff.answered(ticker);
        }
        return price;
    }

    private void wrong(String ticker, String problem) {
        counters.error();
        complaints.add(ticker, problem);
    }
}
