package io.massivepipeline.job.oracle;

import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.sources.poll.spot.SpotPrice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the keys of section 4 in Redis with what the contract wants. */
public final class ContextContent implements AutoCloseable {

    private final ObjectMapper json = new ObjectMapper();
    private final RespClient redis;

    public ContextContent(RedisServer server) {
        this.redis = server.connect();
    }

    /** All keys, to the last field but quotes. */
    public void agreesWith(ContextOracle expected, int tradeDate) throws IOException {
        hasPricesOf(expected);
        hasSelectionsOf(expected);
        Map<String, String> index = new TreeMap<>();
        expected.selected().keySet().forEach(key -> index.put(key, Integer.toString(tradeDate)));
        assertThat(redis.hash("massive:ws:params:index")).isEqualTo(index);
    }

    private void hasPricesOf(ContextOracle expected) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Map.Entry<String, List<SpotPrice>> symbol : expected.prices().entrySet()) {
            String key = "massive:model:spot:" + symbol.getKey();
            names.add(key);
            names.add(key + ":trail");
            List<SpotPrice> prices = symbol.getValue();
            SpotPrice newest = prices.get(prices.size() - 1);
            JsonNode value = json.readTree(redis.text("GET", key));
            assertThat(value.get("value").decimalValue()).isEqualByComparingTo(newest.value());
            assertThat(value.get("ts_ms").longValue()).isEqualTo(newest.timestamp());
            List<String> trail = redis.texts("ZRANGE", key + ":trail", "0", "-1", "WITHSCORES");
            List<Double> scores = new ArrayList<>();
            for (int i = 0; i < trail.size(); i += 2) {
                long ts = json.readTree(trail.get(i)).get("ts_ms").longValue();
                assertThat(Double.parseDouble(trail.get(i + 1))).isEqualTo(ts / 1000);
                scores.add(json.readTree(trail.get(i)).get("value").doubleValue());
            }
            assertThat(scores)
                    .as("the trail of %s", symbol.getKey())
                    .containsExactlyInAnyOrderElementsOf(
                            prices.stream().map(price -> price.value().doubleValue()).toList());
        }
        assertThat(keys("massive:model:spot:*")).isEqualTo(names);
    }

    private void hasSelectionsOf(ContextOracle expected) throws IOException {
        Set<String> params = new TreeSet<>(Set.of("massive:ws:params:index"));
        Set<String> contracts = new TreeSet<>();
        Set<String> latest = new TreeSet<>();
        for (Map.Entry<String, ContextOracle.Selected> entry : expected.selected().entrySet()) {
            String stream = entry.getKey();
            params.add("massive:ws:params:" + stream);
            contracts.add("massive:chain:contracts:" + stream);
            latest.add("massive:chain:latest:" + dated(stream));
            hasContracts(stream, entry.getValue().selection());
            isSnapshotOf(stream, entry.getValue());
        }
        assertThat(keys("massive:ws:params:*")).isEqualTo(params);
        assertThat(keys("massive:chain:contracts:*")).isEqualTo(contracts);
        assertThat(keys("massive:chain:latest:*")).isEqualTo(latest);
    }

    /** The contracts and the channels of a stream are those of a selection. */
    public void hasContracts(String stream, SelectionOracle selection) {
        assertThat(new TreeSet<>(redis.texts("SMEMBERS", "massive:chain:contracts:" + stream)))
                .as("contracts of %s", stream)
                .isEqualTo(new TreeSet<>(selection.contracts()));
        assertThat(redis.text("GET", "massive:ws:params:" + stream))
                .as("channels of %s", stream)
                .isEqualTo(
                        selection.contracts().stream()
                                .sorted()
                                .map(ticker -> "T." + ticker)
                                .collect(Collectors.joining(",")));
    }

    private void isSnapshotOf(String stream, ContextOracle.Selected selected) throws IOException {
        JsonNode snapshot = snapshot(stream);
        assertThat(snapshot.get("ts_ms").longValue()).as(stream).isEqualTo(selected.at());
        assertThat(snapshot.get("spot").doubleValue()).isEqualTo(selected.spot());
        assertThat(selection(snapshot))
                .as("the snapshot of %s", stream)
                .isEqualTo(selected.selection());
    }

    /** What a snapshot says of its selection. */
    public static SelectionOracle selection(JsonNode snapshot) {
        List<String> tickers = new ArrayList<>();
        snapshot.get("contracts").forEach(contract -> tickers.add(text(contract, "ticker")));
        return new SelectionOracle(
                snapshot.get("dte_days").intValue(),
                snapshot.get("dte_index").intValue(),
                snapshot.get("atm").doubleValue(),
                snapshot.get("range_points").longValue(),
                snapshot.get("strike_step").doubleValue(),
                snapshot.get("strike_min").doubleValue(),
                snapshot.get("strike_max").doubleValue(),
                tickers);
    }

    /**
     * What is selected of the expiries of an underlying that are not over, to the last field: the
     * snapshots, the contracts and the parameters agree.
     */
    public void hasSelected(Map<String, SelectionOracle> expected) throws IOException {
        for (Map.Entry<String, SelectionOracle> entry : expected.entrySet()) {
            String stream = entry.getKey();
            SelectionOracle selection = entry.getValue();
            assertThat(selection(snapshot(stream)))
                    .as("the snapshot of %s", stream)
                    .isEqualTo(selection);
            hasContracts(stream, selection);
        }
    }

    /** What the pointer of an expiry leads to. */
    public JsonNode snapshot(String stream) throws IOException {
        String name = redis.text("GET", "massive:chain:latest:" + dated(stream));
        assertThat(name).matches("massive:chain:snapshot:" + dated(stream) + ":[0-9]+");
        JsonNode snapshot = json.readTree(redis.text("GET", name));
        assertThat(name).endsWith(":" + snapshot.get("ts_ms").longValue());
        return snapshot;
    }

    /** What the pointers of all expiries lead to. */
    public Map<String, JsonNode> selections() throws IOException {
        Map<String, JsonNode> all = new TreeMap<>();
        for (String stream : redis.hash("massive:ws:params:index").keySet()) {
            all.put(stream, snapshot(stream));
        }
        return all;
    }

    /** The channels of all parameters that the index knows. */
    public Set<String> channels() {
        Set<String> all = new TreeSet<>();
        for (String stream : redis.hash("massive:ws:params:index").keySet()) {
            all.addAll(List.of(redis.text("GET", "massive:ws:params:" + stream).split(",")));
        }
        return all;
    }

    /** The prices of a symbol that are kept, as JSON. */
    public List<String> trailOf(String symbol) {
        return redis.texts("ZRANGE", "massive:model:spot:" + symbol + ":trail", "0", "-1");
    }

    /** A string. */
    public String text(String key) {
        return redis.text("GET", key);
    }

    public Map<String, String> hash(String key) {
        return redis.hash(key);
    }

    private Set<String> keys(String pattern) {
        return new TreeSet<>(redis.texts("KEYS", pattern));
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).textValue();
    }

    private static String dated(String stream) {
        int colon = stream.indexOf(':') + 1;
        String date = stream.substring(colon);
        return stream.substring(0, colon)
                + String.join("-", date.substring(0, 4), date.substring(4, 6), date.substring(6));
    }

    @Override
    public void close() {
        redis.close();
    }
}
