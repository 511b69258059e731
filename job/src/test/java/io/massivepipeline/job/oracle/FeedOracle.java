package io.massivepipeline.job.oracle;

import io.massivepipeline.job.context.ContextUpdate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * What must stand in Redis for a feed: the contract read once more, kept simple, sharing nothing
 * with the pipeline. For feeds whose faults are among those that {@link RandomFeed} makes.
 */
public final class FeedOracle {

    private static final Set<Integer> CANCELS = Set.of(201, 203, 205, 207);
    private static final Set<Integer> LATE_REPORTS = Set.of(202, 204, 206);
    private static final Map<String, String> INDEX_ROOTS =
            Map.of("SPXW", "SPX", "NDXP", "NDX", "RUTW", "RUT", "VIXW", "VIX");

    private static final Pattern SYMBOL = Pattern.compile("O:[A-Z0-9]{1,6}\\d{6}[CP]\\d{8}");
    private static final String STREAM = "massive:trades:";

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(
                            com.fasterxml.jackson.databind.DeserializationFeature
                                    .USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private final long orderDelayMs;
    private final Map<String, Map<String, Map<String, String>>> streams = new TreeMap<>();
    private final Map<String, String> expiries = new HashMap<>();
    private final Map<String, Set<String>> late = new HashMap<>();
    private final Map<String, Long> totals = new TreeMap<>();
    private final Map<String, Integer> groups = new HashMap<>();
    private final List<CountedTrade> counted = new ArrayList<>();

    private Long newest;
    private long newestTrade;
    private long floor;
    private Long lastReception;

    private FeedOracle(long orderDelayMs) {
        this.orderDelayMs = orderDelayMs;
    }

    /** Reads a whole feed. */
    public static FeedOracle of(Path feed, long orderDelayMs) throws IOException {
        FeedOracle oracle = new FeedOracle(orderDelayMs);
        for (String line : Files.readAllLines(feed, StandardCharsets.UTF_8)) {
            int tab = line.indexOf('\t');
            Long received = tab < 0 ? null : (Long) Long.parseLong(line.substring(0, tab));
            String frame = line.substring(tab + 1);
            if (received != null && frame.isBlank()) {
                oracle.tick(received);
            } else if (!frame.isBlank()) {
                oracle.frame(received, frame);
            }
        }
        oracle.totals.put("streams", (long) oracle.streams.size());
        return oracle;
    }

    /** By key and entry id: the fields. */
    public Map<String, Map<String, Map<String, String>>> streams() {
        return streams;
    }

    /** The ids of the trades of a stream that arrived late. */
    public Set<String> late(String stream) {
        return late.getOrDefault(stream, Set.of());
    }

    /** The counters of the job that a feed determines; what did not occur is absent. */
    public Map<String, Long> totals() {
        return totals;
    }

    /** What analytics must say at the end of the feed. */
    public AnalyticsOracle analytics() {
        return new AnalyticsOracle(counted, newest);
    }

    /** What snapshots there must be, if the budget has no limit. */
    public SnapshotOracle snapshots(List<ContextUpdate> context, long intervalMs) {
        return new SnapshotOracle(counted, context, newest, intervalMs);
    }

    /** All underlyings and expiries that trade. */
    public Set<String> snapshotKeys() {
        return counted.stream().map(CountedTrade::expiry).collect(Collectors.toSet());
    }

    private void tick(long at) {
        if (newest != null && lastReception != null) {
            floor = Math.max(floor, newest + 1 + Math.max(0, at - lastReception - orderDelayMs));
        }
    }

    private void frame(Long received, String frame) throws IOException {
        lastReception = received;
        if (received != null) {
            totals.put("last_received_at", received);
        }
        add("frames", 1);
        add("bytes", frame.getBytes(StandardCharsets.UTF_8).length);
        List<JsonNode> elements = new ArrayList<>();
        try (MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(frame)) {
            while (values.hasNextValue()) {
                elements.add(values.nextValue());
            }
        } catch (IOException broken) {
            add("dead_letters", 1);
        }
        for (JsonNode element : elements) {
            element(received, element);
        }
    }

    private void element(Long received, JsonNode element) {
        add("events", 1);
        String kind = element.path("ev").asText("");
        if (kind.equals("status")) {
            add("status_events", 1);
        } else if (!kind.isEmpty() && !kind.equals("T")) {
            add("other_events", 1);
        } else if (!isGood(received, element)) {
            add("dead_letters", 1);
        } else {
            trade(received, element);
        }
    }

    private static boolean isGood(Long received, JsonNode e) {
        return SYMBOL.matcher(e.path("sym").asText("")).matches()
                && e.path("p").isNumber()
                && e.path("s").isNumber()
                && e.path("s").asLong() > 0
                && e.path("s").decimalValue().stripTrailingZeros().scale() <= 0
                && e.path("t").isNumber()
                && (received == null || e.path("t").asLong() <= received + 60_000);
    }

    private void trade(Long received, JsonNode e) {
        long t = e.get("t").asLong();
        boolean isLate = newest != null && t < Math.max(newest - orderDelayMs, floor);
        long known = isLate ? Math.max(newest, floor) : t;
        long seen = received == null ? t : Math.min(t, received + 1000);
        newest = newest == null ? seen : (Long) Math.max(newest, seen);

        if (received != null && t >= newestTrade) {
            totals.put("lag_ms", received - t);
        }
        newestTrade = Math.max(newestTrade, t);

        String symbol = e.get("sym").asText();
        String expiry = expiries.computeIfAbsent(symbol, FeedOracle::expiry);
        String stream = STREAM + expiry;
        Map<String, String> fields = fields(e, symbol, t);
        Map<String, Map<String, String>> entries =
                streams.computeIfAbsent(stream, s -> new HashMap<>());
        add("trades", 1);
        long sequence = (e.path("q").asLong() << 20) + hash(e, fields);
        String id = t + "-" + sequence;
        while (entries.containsKey(id) && (!e.hasNonNull("q") || !entries.get(id).equals(fields))) {
            id = t + "-" + ++sequence;
        }
        if (entries.put(id, fields) != null) {
            add("duplicates", 1);
            return;
        }
        count(stream, id, fields, isLate);
        counted.add(
                new CountedTrade(
                        expiry,
                        symbol,
                        t,
                        isLate,
                        fields.get("report"),
                        Long.parseLong(fields.get("size")),
                        new BigDecimal(fields.get("price")),
                        sequence,
                        fields.get("conditions"),
                        known));
        totals.merge("last_ts", t, Math::max);
    }

    private static String expiry(String symbol) {
        int tail = symbol.length() - 15;
        String bare = symbol.substring(2, tail).replaceAll("^\\d+|\\d+$", "");
        return INDEX_ROOTS.getOrDefault(bare, bare) + ":20" + symbol.substring(tail, tail + 6);
    }

    private void count(String stream, String id, Map<String, String> fields, boolean isLate) {
        switch (fields.get("report")) {
            case "regular" -> add("volume", Long.parseLong(fields.get("size")));
            case "late" -> add("late_reports", 1);
            default -> add("cancels", 1);
        }
        if (isLate) {
            add("late", 1);
            late.computeIfAbsent(stream, s -> new java.util.HashSet<>()).add(id);
            return;
        }
        int group = groups.merge(fields.get("contract") + fields.get("ts"), 1, Integer::sum);
        add("bursts", group == 2 ? 1 : 0);
        if (group > 1) {
            totals.merge("burst_max", (long) group, Math::max);
        }
    }

    private static Map<String, String> fields(JsonNode e, String symbol, long t) {
        List<Integer> conditions = new ArrayList<>();
        e.path("c").forEach(condition -> conditions.add(condition.asInt()));
        String report =
                conditions.stream().anyMatch(CANCELS::contains)
                        ? "cancel"
                        : conditions.stream().anyMatch(LATE_REPORTS::contains) ? "late" : "regular";
        return Map.of(
                "contract",
                symbol,
                "price",
                plain(e.get("p").decimalValue()),
                "size",
                plain(e.get("s").decimalValue()),
                "ts",
                Long.toString(t),
                "side",
                "U",
                "exchange",
                e.hasNonNull("x") ? plain(e.get("x").decimalValue()) : "",
                "conditions",
                conditions.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")),
                "q",
                e.hasNonNull("q") ? e.get("q").asText() : "",
                "report",
                report);
    }

    private static long hash(JsonNode e, Map<String, String> fields) {
        String conditions = fields.get("conditions");
        String text =
                String.join(
                        "|",
                        fields.get("contract"),
                        fields.get("exchange"),
                        fields.get("price"),
                        fields.get("size"),
                        conditions.substring(1, conditions.length() - 1));
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return crc.getValue() & 0xFFFFF;
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private void add(String counter, long value) {
        totals.merge(counter, value, Long::sum);
    }
}
