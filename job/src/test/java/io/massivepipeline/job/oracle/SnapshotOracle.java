package io.massivepipeline.job.oracle;

import io.massivepipeline.job.context.ChainContext;
import io.massivepipeline.job.context.ContextUpdate;
import io.massivepipeline.job.context.Spot;
import io.massivepipeline.sources.poll.chain.ChainContract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What snapshots must stand for a feed with its context: the contract read once more, by building
 * each cut anew out of all trades, sharing nothing with the pipeline. Values lack {@code
 * published_at}.
 */
public final class SnapshotOracle {

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Set<String> ODD = Set.of("246", "247", "248");

    private final List<CountedTrade> trades;
    private final List<ContextUpdate> context;
    private final Long newest;
    private final long interval;

    SnapshotOracle(
            List<CountedTrade> trades, List<ContextUpdate> context, Long newest, long interval) {
        this.trades = trades;
        this.context = context;
        this.newest = newest;
        this.interval = interval;
    }

    /** By underlying and expiry, then by version: the values that are published. */
    public Map<String, TreeMap<Long, ObjectNode>> values(Set<String> underlyings) {
        Set<String> keys = new TreeSet<>();
        trades.forEach(trade -> keys.add(trade.expiry()));
        for (ContextUpdate update : context) {
            if (update.chain() != null) {
                keys.add(update.chain().stream().text());
            }
        }
        Map<String, TreeMap<Long, ObjectNode>> all = new TreeMap<>();
        for (String key : keys) {
            if (underlyings.contains(key.split(":")[0])) {
                all.put(key, values(key));
            }
        }
        return all;
    }

    private TreeMap<Long, ObjectNode> values(String key) {
        List<CountedTrade> own = trades.stream().filter(t -> t.expiry().equals(key)).toList();
        List<ChainContext> chains =
                context.stream()
                        .map(ContextUpdate::chain)
                        .filter(chain -> chain != null && chain.stream().text().equals(key))
                        .toList();
        List<Spot> spots =
                context.stream()
                        .map(ContextUpdate::spot)
                        .filter(s -> s != null && s.price().symbol().equals(key.split(":")[0]))
                        .toList();
        TreeMap<Long, ObjectNode> values = new TreeMap<>();
        JsonNode standing = null;
        for (long cut : instants(own, chains, spots)) {
            ObjectNode value = value(key, cut, own, newestOf(chains, cut), newestOf(cut, spots));
            JsonNode compared = compared(value);
            if (!compared.equals(standing)) {
                standing = compared;
                values.put(cut, value);
            }
        }
        return values;
    }

    /** A change is any difference in a row, spot, atm or totals. */
    private static JsonNode compared(ObjectNode value) {
        ObjectNode compared = JSON.objectNode();
        for (String field : List.of("rows", "spot", "atm", "totals")) {
            compared.set(field, value.get(field));
        }
        return compared;
    }

    private Set<Long> instants(
            List<CountedTrade> own, List<ChainContext> chains, List<Spot> spots) {
        Set<Long> instants = new TreeSet<>();
        long over = newest == null ? Long.MIN_VALUE : (newest + 1) / interval * interval;
        for (CountedTrade trade : own) {
            instants.add(cutOf(trade));
            for (long second : new long[] {trade.secondEnd(), trade.secondEnd() + 60_000}) {
                if (atOrAfter(second) <= over) {
                    instants.add(atOrAfter(second));
                }
            }
        }
        long listedFrom = chains.isEmpty() ? Long.MAX_VALUE : atOrAfter(chains.get(0).at());
        chains.forEach(chain -> instants.add(atOrAfter(chain.at())));
        spots.forEach(spot -> instants.add(atOrAfter(spot.at())));
        long firstTrade = own.stream().mapToLong(this::cutOf).min().orElse(Long.MAX_VALUE);
        instants.removeIf(instant -> instant < Math.min(listedFrom, firstTrade));
        return instants;
    }

    private long cutOf(CountedTrade trade) {
        return (trade.known() / interval + 1) * interval;
    }

    private long atOrAfter(long instant) {
        return (instant + interval - 1) / interval * interval;
    }

    private static ChainContext newestOf(List<ChainContext> chains, long cut) {
        return chains.stream().filter(c -> c.at() <= cut).reduce((a, b) -> b).orElse(null);
    }

    private static Spot newestOf(long cut, List<Spot> spots) {
        return spots.stream().filter(s -> s.at() <= cut).reduce((a, b) -> b).orElse(null);
    }

    private ObjectNode value(
            String key, long cut, List<CountedTrade> own, ChainContext chain, Spot anySpot) {
        List<CountedTrade> before = own.stream().filter(t -> cutOf(t) <= cut).toList();
        int date = before.stream().mapToInt(CountedTrade::tradeDate).max().orElse(0);
        List<CountedTrade> ofDate = before.stream().filter(t -> t.tradeDate() == date).toList();
        Spot spot = chain == null ? null : anySpot;
        LocalDate expiry = LocalDate.parse(key.split(":")[1], DateTimeFormatter.BASIC_ISO_DATE);
        ObjectNode value = JSON.objectNode();
        value.put("schema", 1);
        value.set("version", number(cut));
        value.put("underlying", key.split(":")[0]);
        value.put("expiry", expiry.toString());
        value.set(
                "dte_days",
                number(
                        ChronoUnit.DAYS.between(
                                Instant.ofEpochMilli(cut).atZone(NEW_YORK).toLocalDate(), expiry)));
        value.set("dte_index", chain == null ? JSON.nullNode() : number(chain.dteIndex()));
        value.put("trade_date", Integer.toString(date == 0 ? dateOf(cut) : date));
        value.set("as_of", number(cut));
        ObjectNode price = JSON.objectNode();
        if (spot != null) {
            price.set("value", number(spot.price().value()));
            price.set("ts_ms", number(spot.price().timestamp()));
        }
        value.set("spot", spot == null ? JSON.nullNode() : price);
        value.set("atm", chain == null ? JSON.nullNode() : strike(chain.atm()));
        value.set("strike_step", chain == null ? JSON.nullNode() : strike(chain.strikeStep()));
        value.set("range_points", chain == null ? JSON.nullNode() : number(chain.rangePoints()));
        ObjectNode freshness = value.putObject("freshness");
        freshness.set(
                "trade_ts_ms",
                before.stream()
                        .map(CountedTrade::t)
                        .max(Comparator.naturalOrder())
                        .map(t -> (JsonNode) number(t))
                        .orElse(JSON.nullNode()));
        freshness.set(
                "spot_ts_ms", spot == null ? JSON.nullNode() : number(spot.price().timestamp()));
        freshness.set("chain_ts_ms", chain == null ? JSON.nullNode() : number(chain.polledAt()));
        value.set("totals", totals(ofDate));
        value.set("rows", rows(cut, ofDate, chain));
        return value;
    }

    private static int dateOf(long cut) {
        return new CountedTrade("", "", cut, false, "", 0, BigDecimal.ZERO, 0, "", 0).tradeDate();
    }

    private static ObjectNode totals(List<CountedTrade> ofDate) {
        ObjectNode totals = JSON.objectNode();
        totals.set("trades", number(ofDate.size()));
        totals.set("volume", number(volume(ofDate, t -> true)));
        totals.set("call_volume", number(volume(ofDate, CountedTrade::isCall)));
        totals.set("put_volume", number(volume(ofDate, t -> !t.isCall())));
        totals.set("premium", number(premium(ofDate)));
        return totals;
    }

    private static long volume(List<CountedTrade> some, Predicate<CountedTrade> which) {
        return some.stream()
                .filter(CountedTrade::isRegular)
                .filter(which)
                .mapToLong(CountedTrade::size)
                .sum();
    }

    private static BigDecimal premium(List<CountedTrade> some) {
        return some.stream()
                .filter(CountedTrade::isRegular)
                .map(CountedTrade::premium)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static ArrayNode rows(long cut, List<CountedTrade> ofDate, ChainContext chain) {
        Map<String, ChainContract> listed = new HashMap<>();
        if (chain != null) {
            chain.contracts().forEach(contract -> listed.put(contract.ticker(), contract));
        }
        Map<String, List<CountedTrade>> traded =
                ofDate.stream().collect(Collectors.groupingBy(CountedTrade::contract));
        Set<String> tickers = new TreeSet<>(listed.keySet());
        tickers.addAll(traded.keySet());
        Comparator<String[]> order =
                Comparator.<String[], BigInteger>comparing(parts -> new BigInteger(parts[2]))
                        .thenComparing(parts -> parts[0]);
        TreeMap<String[], Map<String, String>> rows = new TreeMap<>(order);
        for (String ticker : tickers) {
            int tail = ticker.length() - 15;
            String[] parts = {
                ticker.substring(2, tail),
                ticker.substring(tail + 6, tail + 7),
                ticker.substring(tail + 7)
            };
            rows.computeIfAbsent(parts, p -> new HashMap<>()).put(parts[1], ticker);
        }
        ArrayNode array = JSON.arrayNode();
        rows.forEach(
                (parts, legs) -> {
                    ObjectNode row = array.addObject();
                    row.put("root", parts[0]);
                    row.set("strike", strike(Long.parseLong(parts[2])));
                    row.set("call", leg(legs.get("C"), cut, traded, listed));
                    row.set("put", leg(legs.get("P"), cut, traded, listed));
                });
        return array;
    }

    private static JsonNode leg(
            String ticker,
            long cut,
            Map<String, List<CountedTrade>> traded,
            Map<String, ChainContract> listed) {
        if (ticker == null) {
            return JSON.nullNode();
        }
        List<CountedTrade> own = traded.getOrDefault(ticker, List.of());
        CountedTrade last =
                own.stream()
                        .filter(t -> !t.late() && t.isRegular())
                        .filter(t -> !isOdd(t))
                        .max(
                                Comparator.comparingLong(CountedTrade::t)
                                        .thenComparing(CountedTrade::sequence))
                        .orElse(null);
        long volume = volume(own, t -> true);
        long completed = cut / 1000 * 1000;
        ObjectNode leg = JSON.objectNode();
        leg.put("contract", ticker);
        leg.set("last", last == null ? JSON.nullNode() : number(last.price()));
        leg.set("last_size", last == null ? JSON.nullNode() : number(last.size()));
        leg.set("last_ts_ms", last == null ? JSON.nullNode() : number(last.t()));
        leg.set("trades", number(own.size()));
        leg.set("volume", number(volume));
        leg.set("premium", number(premium(own)));
        leg.set(
                "vwap",
                volume == 0
                        ? JSON.nullNode()
                        : number(
                                premium(own)
                                        .divide(
                                                BigDecimal.valueOf(100 * volume),
                                                4,
                                                RoundingMode.HALF_EVEN)));
        leg.set(
                "volume_60s",
                number(
                        volume(
                                own,
                                t ->
                                        !t.late()
                                                && t.secondEnd() <= completed
                                                && t.secondEnd() > completed - 60_000)));
        ChainContract listing = listed.get(ticker);
        leg.set("bid", listing == null ? JSON.nullNode() : orNull(listing.bid()));
        leg.set("ask", listing == null ? JSON.nullNode() : orNull(listing.ask()));
        leg.set("mid", listing == null ? JSON.nullNode() : orNull(listing.mid()));
        leg.set("quote_ts_ms", listing == null ? JSON.nullNode() : orNull(listing.quotedAt()));
        leg.set("iv", listing == null ? JSON.nullNode() : orNull(listing.iv()));
        leg.set("delta", listing == null ? JSON.nullNode() : orNull(listing.delta()));
        leg.set("gamma", listing == null ? JSON.nullNode() : orNull(listing.gamma()));
        leg.set(
                "open_interest",
                listing == null ? JSON.nullNode() : orNull(listing.openInterest()));
        return leg;
    }

    private static boolean isOdd(CountedTrade trade) {
        String ids = trade.conditions().replaceAll("[\\[\\]]", "");
        return List.of(ids.split(",")).stream().anyMatch(ODD::contains);
    }

    private static JsonNode orNull(Number value) {
        return value == null ? JSON.nullNode() : number(new BigDecimal(Objects.toString(value)));
    }

    private static JsonNode strike(long thousandths) {
        return number(BigDecimal.valueOf(thousandths, 3));
    }

    private static JsonNode number(long value) {
        return number(BigDecimal.valueOf(value));
    }

    /** In the shortest plain form, so that equal numbers are equal texts. */
    private static JsonNode number(BigDecimal value) {
        BigDecimal shortest = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        return DecimalNode.valueOf(shortest.scale() < 0 ? shortest.setScale(0) : shortest);
    }
}
