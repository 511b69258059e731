package io.massivepipeline.job.report;

import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.job.report.result.ReplayResult;
import io.massivepipeline.job.report.result.ResultReader;
import io.massivepipeline.sinks.redis.RedisConnectionConfig;
import io.massivepipeline.sinks.redis.RedisConnectionFactory;
import io.massivepipeline.sinks.redis.connection.RedisConnection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.codec.StringCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Table and page say what stands in Redis, and nothing else. */
class ReplayReportITCase {

    private static final long NOON = 1_766_422_800_000L;

    @TempDir Path folder;

    private RedisServer server;
    private RespClient redis;
    private RedisConnectionFactory factory;
    private RedisConnection<String, String> connection;

    @BeforeEach
    void connect() throws Exception {
        server = RedisServers.embedded(RedisOptions.defaults());
        redis = RespClient.connect(server.host(), server.port());
        factory =
                new RedisConnectionFactory(
                        RedisConnectionConfig.builder()
                                .clientName("report-test")
                                .uri(server.uri())
                                .build());
        connection = factory.connectAtStart(StringCodec.UTF8);
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        factory.close();
        redis.close();
        server.close();
    }

    @Test
    void showsWhatStandsInRedis() throws Exception {
        // Given two expiries, one with a snapshot, and more windows than are read at once
        trades("SPX:20251223", 3);
        trades("SPY:20251222", 5);
        redis.command(
                "HSET",
                "massive:ws:analytics:SPX:20251223",
                "volume",
                "31",
                "call_volume",
                "21",
                "put_volume",
                "10",
                "premium",
                "1234567.5",
                "burst_max",
                "4",
                "peak_rate_1s",
                "7",
                "last_ts",
                NOON);
        redis.command("HSET", "massive:ws:analytics", "trades", 8, "bursts", 2);
        for (int second = 1; second <= 6_000; second++) {
            window("SPX:20251223", NOON + second * 1000L, 2, second == 5_999 ? 4 : 1);
        }
        window("SPY:20251222", NOON + 1000, 3, 3);
        redis.command(
                "ZADD",
                "massive:ws:analytics:top:SPX:20251223",
                9,
                "O:SPXW251223C06880000",
                12,
                "O:SPXW251223P06870000");
        redis.command("SET", "massive:ws:snapshot:SPX:20251223", "{\"version\":7,\"spot\":1.5}");
        redis.command("HSET", "massive:ws:snapshot:index", "SPX:20251223", "7 8 0");
        redis.command("HSET", "massive:ws:snapshot:index", "SPX:20251201", "6 6 0");

        // When it is read
        ReplayResult result = result();
        JsonNode page = page(result);

        // Then the table has the figures, the busiest expiry first
        assertThat(ReplayTable.of(result, "redis://here", Optional.empty()).lines().toList())
                .anyMatch(line -> line.matches("  SPY:20251222 +5 +0 +0 +0 +- .*"))
                .anyMatch(
                        line ->
                                line.matches(
                                        "  SPX:20251223 +3 +31 +21 +10 +0.48 +1.23M +7 +4 "
                                                + " 12:00:00"))
                .anyMatch(line -> line.matches("  13:39:58 +SPX:20251223 +4"))
                .anyMatch(line -> line.matches("  O:SPXW251223P06870000 +12"))
                .last()
                .asString()
                .isEqualTo("replayed 8 trades in 2.0 s: 4 trades/s");

        // And the page has them too
        assertThat(page.at("/expiries/0/key").asText()).isEqualTo("SPY:20251222");
        assertThat(page.at("/bursts").toString())
                .isEqualTo(
                        ("[{'second':%d,'key':'SPX:20251223','trades':4},"
                                        + "{'second':%d,'key':'SPY:20251222','trades':3}]")
                                .replace('\'', '"')
                                .formatted(NOON + 5_998_000L, NOON));
        assertThat(page.at("/active/0/contract").asText()).isEqualTo("O:SPXW251223P06870000");
        assertThat(page.at("/snapshots").toString()).isEqualTo("[{\"version\":7,\"spot\":1.5}]");

        // And the rates are means over as many seconds as make the line fit, none lost
        assertThat(page.at("/timeline/start").asLong()).isEqualTo(NOON);
        assertThat(page.at("/timeline/stepSeconds").asInt()).isEqualTo(5);
        assertThat(page.at("/timeline/series/0/name").asText()).isEqualTo("SPY");
        assertThat(page.at("/timeline/series/0/rates/0").asDouble()).isEqualTo(0.6);
        assertThat(page.at("/timeline/series/1/rates"))
                .hasSize(1200)
                .allSatisfy(rate -> assertThat(rate.asDouble()).isEqualTo(2.0));
    }

    @Test
    void inventsNothingWhereNothingStands() throws Exception {
        // Given an empty Redis, when it is read
        ReplayResult result = result();
        JsonNode page = page(result);

        // Then there is a table without rows and a page without charts
        assertThat(ReplayTable.of(result, "redis://here", Optional.empty()))
                .contains("trades 0")
                .doesNotContain("Largest bursts")
                .endsWith("replayed 0 trades in 2.0 s: 0 trades/s" + System.lineSeparator());
        for (String part : new String[] {"expiries", "bursts", "active", "snapshots"}) {
            assertThat(page.get(part)).isEmpty();
        }
        assertThat(page.at("/timeline/series")).isEmpty();
    }

    @Test
    void lastsWhateverTheTextsAre() throws Exception {
        // Given a text that would end the script that the data stand in
        redis.command(
                "HSET", "massive:ws:analytics", "trades", 1, "x", "</script><script>$1{{data}}");

        // When the page is made, then the text is in its data, and only there
        JsonNode page = page(result());
        assertThat(page.at("/totals/x").asText()).isEqualTo("</script><script>$1{{data}}");
    }

    @Test
    void needsNoNetwork() throws Exception {
        // When a page is made
        String html = html(result());

        // Then nothing in it is fetched from elsewhere
        assertThat(html).doesNotContain("<link").doesNotContainPattern("<script[^>]*\\ssrc=");
        assertThat(html).contains("default-src 'none'").contains("Apache Software Foundation");
    }

    private void trades(String key, int count) {
        for (int i = 1; i <= count; i++) {
            redis.command("XADD", "massive:trades:" + key, NOON + "-" + i, "contract", "O:X");
        }
    }

    private void window(String key, long end, int trades, int burst) {
        redis.command(
                "XADD",
                "massive:ws:windows:" + key,
                end + "-0",
                "trades",
                trades,
                "burst_max",
                burst);
    }

    private ReplayResult result() {
        return new ResultReader(connection.sync()).read(Duration.ofSeconds(2));
    }

    private String html(ReplayResult result) throws Exception {
        Path file = folder.resolve("new/report.html");
        ReportFile.at(file).write(result, connection.sync(), "redis://here");
        return Files.readString(file);
    }

    private JsonNode page(ReplayResult result) throws Exception {
        String html = html(result);
        String begin = "<script id=\"data\" type=\"application/json\">";
        int from = html.indexOf(begin) + begin.length();
        return new ObjectMapper().readTree(html.substring(from, html.indexOf("</script>", from)));
    }
}
