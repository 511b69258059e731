package io.massivepipeline.job.output;

import io.massivepipeline.job.context.ChainContext;
import io.massivepipeline.job.context.ChainSelection;
import io.massivepipeline.job.context.ExpirySelection;
import io.massivepipeline.job.context.Spot;
import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sinks.redis.AddToSortedSet;
import io.massivepipeline.sinks.redis.Publish;
import io.massivepipeline.sinks.redis.PutHash;
import io.massivepipeline.sinks.redis.PutString;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;
import io.massivepipeline.sinks.redis.ReplaceSet;
import io.massivepipeline.sinks.redis.WriteGroup;
import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.poll.spot.SpotPrice;
import io.massivepipeline.sources.trade.OptionRight;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ContextWritesTest {

    private static final StreamKey STREAM = StreamKey.parse("SPX:20251223");
    private static final Instant NOW = Instant.parse("2025-12-22T21:09:59.400Z");
    private static final long AT = 1_766_437_799_400L;

    /** 2025-12-24T00:00 in New York and three days. */
    private static final long EXPIRES = 1_766_552_400_000L + 3 * 86_400_000L;

    private static final ChainContract PUT =
            new ChainContract(
                    "O:SPXW251223P06870000",
                    "SPXW",
                    OptionRight.PUT,
                    20251223,
                    6_870_000,
                    100,
                    new BigDecimal("7.70"),
                    new BigDecimal("8"),
                    new BigDecimal("7.85"),
                    AT - 5,
                    new BigDecimal("3E+1"),
                    AT - 7,
                    0.1234,
                    -0.45,
                    1.2E-5,
                    -0.0,
                    Double.NaN,
                    12L,
                    31L);

    /** Never quoted nor traded, with a strike between dollars. */
    private static final ChainContract CALL =
            new ChainContract(
                    "O:SPXW251223C06872500",
                    "SPXW",
                    OptionRight.CALL,
                    20251223,
                    6_872_500,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);

    private static final ChainContext CONTEXT =
            new ChainContext(
                    STREAM,
                    AT,
                    AT - 100,
                    1,
                    0,
                    new BigDecimal("6878.490"),
                    6_870_000,
                    122,
                    2_500,
                    6_870_000,
                    6_872_500,
                    List.of(PUT, CALL));

    private static final String CONTEXT_JSON =
            """
            {"ts_ms":1766437799400,"underlying":"SPX","expiration":"2025-12-23","dte_days":1,\
            "dte_index":0,"spot":6878.49,"atm":6870,"range_points":122,"strike_step":2.5,\
            "strike_min":6870,"strike_max":6872.5,"contracts":[\
            {"ticker":"O:SPXW251223P06870000","root":"SPXW","right":"P","strike":6870,\
            "shares_per_contract":100,"bid":7.7,"ask":8,"mid":7.85,"quote_ts_ms":1766437799395,\
            "last":30,"last_ts_ms":1766437799393,"iv":0.1234,"delta":-0.45,"gamma":0.000012,\
            "theta":0,"vega":null,"open_interest":12,"day_volume":31},\
            {"ticker":"O:SPXW251223C06872500","root":"SPXW","right":"C","strike":6872.5,\
            "shares_per_contract":null,"bid":null,"ask":null,"mid":null,"quote_ts_ms":null,\
            "last":null,"last_ts_ms":null,"iv":null,"delta":null,"gamma":null,"theta":null,\
            "vega":null,"open_interest":null,"day_volume":null}]}""";

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final ChainWrites chains =
            new ChainWrites(
                    Duration.ofSeconds(10), new Retention(Duration.ofDays(3), clock), clock, true);

    @Test
    void aPriceIsAStringAndAnEntryOfTheTrail() {
        Spot spot =
                new Spot(
                        AT,
                        new SpotPrice(
                                "SPX",
                                "I:SPX",
                                new BigDecimal("6878.490"),
                                null,
                                AT - 1_001,
                                "open",
                                "REAL-TIME"));

        String json =
                """
                {"symbol":"SPX","api_symbol":"I:SPX","value":6878.49,"volume":null,\
                "ts":"2025-12-22T21:09:58.399Z","ts_ms":1766437798399,\
                "polled_at_ms":1766437799400,"market_status":"open","timeframe":"REAL-TIME"}""";
        assertThat(converted(new SpotWrites(clock), spot))
                .containsExactly(
                        WriteGroup.of(
                                PutString.of("massive:model:spot:SPX", json),
                                AddToSortedSet.of(
                                                "massive:model:spot:SPX:trail", json, 1_766_437_798)
                                        .keepFrom(1_766_437_798 - 86_400)
                                        .expireAt(NOW.toEpochMilli() + 86_400_000)));
    }

    @Test
    void aStockHasAVolumeAndMayLackTheRest() {
        Spot spot =
                new Spot(
                        AT,
                        new SpotPrice("SPY", "SPY", new BigDecimal("686"), 41L, AT, null, null));

        WriteGroup group = (WriteGroup) converted(new SpotWrites(clock), spot).get(0);

        assertThat(((PutString) group.writes().get(0)).text())
                .contains("\"value\":686,\"volume\":41,")
                .endsWith("\"market_status\":null,\"timeframe\":null}");
    }

    @Test
    void aSelectionIsASnapshotBeforeItsPointer() {
        ChainSelection selection =
                new ChainSelection(List.of(new ExpirySelection(CONTEXT, false)), null);

        assertThat(converted(chains, selection)).containsExactly(snapshot());
    }

    @Test
    void otherContractsAreAddedAndThenSaid() {
        ChainSelection selection =
                new ChainSelection(
                        List.of(new ExpirySelection(CONTEXT, true)),
                        Map.of("SPX:20251223", 20251222, "NDX:20251223", 20251222));

        String snapshot = "massive:chain:snapshot:SPX:2025-12-23:1766437799400";
        assertThat(converted(chains, selection))
                .containsExactly(
                        WriteGroup.of(
                                        PutString.of(snapshot, CONTEXT_JSON)
                                                .expireAt(NOW.toEpochMilli() + 100_000),
                                        PutString.of(
                                                        "massive:chain:latest:SPX:2025-12-23",
                                                        snapshot)
                                                .expireAt(NOW.toEpochMilli() + 3 * 86_400_000L),
                                        ReplaceSet.of(
                                                        "massive:chain:contracts:SPX:20251223",
                                                        List.of(
                                                                "O:SPXW251223P06870000",
                                                                "O:SPXW251223C06872500"))
                                                .expireAt(EXPIRES),
                                        PutString.of(
                                                        "massive:ws:params:SPX:20251223",
                                                        "T.O:SPXW251223C06872500,"
                                                                + "T.O:SPXW251223P06870000")
                                                .expireAt(EXPIRES))
                                .orderedBy("massive:ws:params:index"),
                        WriteGroup.of(
                                        PutHash.of(
                                                        "massive:ws:params:index",
                                                        Map.of(
                                                                "SPX:20251223", "20251222",
                                                                "NDX:20251223", "20251222"))
                                                .replacing(),
                                        Publish.of(
                                                "massive:ws:params:updated",
                                                "massive:ws:params:SPX:20251223"))
                                .orderedBy("massive:ws:params:index"));
    }

    private static WriteGroup snapshot() {
        String name = "massive:chain:snapshot:SPX:2025-12-23:1766437799400";
        return WriteGroup.of(
                        PutString.of(name, CONTEXT_JSON).expireAt(NOW.toEpochMilli() + 100_000),
                        PutString.of("massive:chain:latest:SPX:2025-12-23", name)
                                .expireAt(NOW.toEpochMilli() + 3 * 86_400_000L))
                .orderedBy("massive:ws:params:index");
    }

    private static <T> List<RedisWrite> converted(RedisWriteConverter<T> converter, T element) {
        List<RedisWrite> writes = new ArrayList<>();
        converter.convert(element, writes::add);
        return writes;
    }
}
