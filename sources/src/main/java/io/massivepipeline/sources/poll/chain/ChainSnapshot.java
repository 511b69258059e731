package io.massivepipeline.sources.poll.chain;

import io.massivepipeline.sources.calendar.ExpiryDate;
import io.massivepipeline.sources.poll.PollTime;
import io.massivepipeline.sources.poll.rest.RestClient;
import io.massivepipeline.sources.poll.rest.RestException;
import io.massivepipeline.sources.poll.rest.RestException.Kind;
import io.massivepipeline.sources.poll.rest.RestRequest;
import io.massivepipeline.sources.poll.rest.RestResults;

import com.fasterxml.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks for a chain ({@code /v3/snapshot/options/...}): of each of the first listed expiries the
 * strikes of the strike window and half as much again on each side, so that a price that moves
 * finds its strikes in the answer before. Of 20 000 listed contracts that is a few pages.
 */
final class ChainSnapshot {

    private static final String PATH = "/v3/snapshot/options/";
    private static final int PAGE = 250;
    private static final BigDecimal WITH_MARGIN = new BigDecimal("1.5");

    /** Where the window is narrower than strikes are apart. */
    private static final BigDecimal AT_LEAST = new BigDecimal("0.01");

    private static final BigDecimal WIDER = BigDecimal.valueOf(4);
    private static final int WIDTHS = 4;
    private static final int STRIKE_DECIMALS = 3;

    private static final Comparator<ChainContract> ORDER =
            Comparator.comparingInt(ChainContract::expiry)
                    .thenComparingLong(ChainContract::strike)
                    .thenComparing(ChainContract::root)
                    .thenComparing(ChainContract::right);

    private final RestClient client;
    private final String underlying;
    private final String path;
    private final StrikeWindow window;
    private final ListedExpiries expiries;

    /** Those of the newest whole chain by their tickers. */
    private Map<String, ChainContract> newest = Map.of();

    private final Clock clock;

    /**
     * @param underlying without the provider's prefix
     * @param apiSymbol with it
     */
    ChainSnapshot(
            RestClient client,
            String underlying,
            String apiSymbol,
            int expirations,
            StrikeWindow window,
            PollTime time) {
        this.client = client;
        this.underlying = underlying;
        this.path = PATH + RestRequest.segment(apiSymbol);
        this.window = window;
        this.clock = time.clock();
        this.expiries = new ListedExpiries(client, path, expirations, time);
    }

    /**
     * The whole chain.
     *
     * @param spot of the underlying
     * @param vix all by which strikes may be selected; null among them if that may be by none
     * @throws RestException if any part of it does not come
     */
    ChainPoll ask(BigDecimal spot, List<BigDecimal> vix)
            throws RestException, InterruptedException {
        List<Integer> listed = expiries.first();
        List<ChainContract> contracts = contracts(listed, spot, vix);
        if (contracts == null) {
            // An expiry is over, or was taken off the list.
            expiries.forget();
            listed = expiries.first();
            contracts = contracts(listed, spot, vix);
        }
        if (contracts == null) {
            expiries.forget();
            throw new RestException(Kind.MALFORMED, path + ": an expiry that is listed is empty");
        }
        return new ChainPoll(clock.millis(), underlying, listed, contracts);
    }

    /** Those of all expiries, or null if one of them has none. */
    private List<ChainContract> contracts(
            List<Integer> listed, BigDecimal spot, List<BigDecimal> vix)
            throws RestException, InterruptedException {
        Map<String, ChainContract> contracts = new LinkedHashMap<>();
        for (int expiry : listed) {
            int days = Math.max(0, ExpiryDate.daysFrom(clock.millis(), expiry));
            long range =
                    vix.stream()
                            .mapToLong(each -> window.range(spot, each, days))
                            .max()
                            .orElseThrow();
            List<ChainContract> found =
                    contracts(expiry, spot, WITH_MARGIN.multiply(BigDecimal.valueOf(range)));
            if (found.isEmpty()) {
                return null;
            }
            // Pages overlap if something is listed in between: a ticker counts once, as of the
            // last.
            found.forEach(contract -> contracts.put(contract.ticker(), contract));
        }
        newest = contracts;
        List<ChainContract> sorted = new ArrayList<>(contracts.values());
        sorted.sort(ORDER);
        return sorted;
    }

    /** Those of one expiry; further from the money if there is none near it. */
    private List<ChainContract> contracts(int expiry, BigDecimal spot, BigDecimal margin)
            throws RestException, InterruptedException {
        BigDecimal half = margin.max(spot.multiply(AT_LEAST));
        List<ChainContract> found = List.of();
        for (int i = 0; i < WIDTHS && found.isEmpty(); i++) {
            found = contracts(expiry, strikes(expiry, spot, half));
            half = half.multiply(WIDER);
        }
        return found;
    }

    private List<ChainContract> contracts(int expiry, RestRequest strikes)
            throws RestException, InterruptedException {
        RestResults<ChainContract> results =
                client.all(
                        strikes.with("order", "asc").with("limit", PAGE),
                        item -> contract(item, expiry));
        List<ChainContract> found = results.items();
        if (!found.isEmpty() && results.mayBeCutOff(PAGE)) {
            requireHighest(found, expiry, strikes);
        }
        return found;
    }

    /** The highest strike must be among those found, or some at the end are missing. */
    private void requireHighest(List<ChainContract> found, int expiry, RestRequest strikes)
            throws RestException, InterruptedException {
        for (JsonNode item : client.first(strikes.with("order", "desc").with("limit", 1))) {
            ChainContract highest = contract(item, expiry);
            if (highest != null
                    && found.stream().allMatch(each -> each.strike() < highest.strike())) {
                throw new RestException(
                        Kind.MALFORMED, path + ": the answer ends before " + highest.ticker());
            }
        }
    }

    /** A contract of another expiry was not asked for. */
    private ChainContract contract(JsonNode item, int expiry) throws RestException {
        ChainContract contract = ContractItem.read(item, newest);
        return contract == null || contract.expiry() != expiry ? null : contract;
    }

    private RestRequest strikes(int expiry, BigDecimal spot, BigDecimal half) {
        BigDecimal from =
                spot.subtract(half)
                        .max(BigDecimal.ZERO)
                        .setScale(STRIKE_DECIMALS, RoundingMode.FLOOR);
        BigDecimal to = spot.add(half).setScale(STRIKE_DECIMALS, RoundingMode.CEILING);
        return RestRequest.to(path)
                .with("expiration_date", ExpiryDate.of(expiry))
                .with("strike_price.gte", from.toPlainString())
                .with("strike_price.lte", to.toPlainString())
                .with("sort", "strike_price");
    }
}
