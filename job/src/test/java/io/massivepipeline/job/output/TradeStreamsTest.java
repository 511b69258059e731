package io.massivepipeline.job.output;

import io.massivepipeline.job.options.PipelineSettings.TradeStreamSettings;
import io.massivepipeline.job.options.UnderlyingFilter;
import io.massivepipeline.job.structure.IdentifiedTrade;
import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.job.structure.TradeBatch;
import io.massivepipeline.sinks.redis.PassedIds;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.StreamAppend;
import io.massivepipeline.sinks.redis.StreamAppendBuilder;
import io.massivepipeline.sources.trade.OptionContract;
import io.massivepipeline.sources.trade.OptionTrade;
import io.massivepipeline.sources.trade.Price;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** The entries of the contract, section 1, as texts. */
class TradeStreamsTest {

    private static final StreamKey STREAM = StreamKey.parse("SPX:20251223");

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2025-12-22T21:00:00Z"), ZoneOffset.UTC);

    /** Three days after midnight of 2025-12-24 in New York. */
    private static final long EXPIRE_AT = Instant.parse("2025-12-27T05:00:00Z").toEpochMilli();

    private final TradeStreams converter =
            new TradeStreams(
                    new TradeStreamSettings(
                            new UnderlyingFilter(false, Set.of("SPX")),
                            100_000,
                            Duration.ofDays(3)),
                    CLOCK);

    @BeforeEach
    void open() {
        converter.open(null);
    }

    @Test
    void aTradeWithEverything() {
        OptionTrade trade =
                trade("7.7", 1).exchange(302).sequence(1864261653L).conditions(209, 232).build();

        assertThat(written(new IdentifiedTrade(trade, 1954819851034672L)))
                .isEqualTo(
                        append().add(
                                        1766437799445L,
                                        1954819851034672L,
                                        "O:SPXW251223P06870000",
                                        "7.7",
                                        "1",
                                        "1766437799445",
                                        "U",
                                        "302",
                                        "[209,232]",
                                        "1864261653",
                                        "regular")
                                .build());
    }

    @Test
    void whatIsAbsentIsEmpty() {
        assertThat(written(new IdentifiedTrade(trade("30", 2147483647).build(), 7)))
                .isEqualTo(
                        append().add(
                                        1766437799445L,
                                        7,
                                        "O:SPXW251223P06870000",
                                        "30",
                                        "2147483647",
                                        "1766437799445",
                                        "U",
                                        "",
                                        "[]",
                                        "",
                                        "regular")
                                .build());
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "3E+1, 30",
        "7.70, 7.7",
        "0.050, 0.05",
        "1E-20, 0.00000000000000000001",
        "123456789.9876543210, 123456789.987654321",
        "999999999.12345678901234567891, 999999999.12345678901234567891"
    })
    void pricesAreInTheirShortestForm(String received, String shortest) {
        assertThat(written(new IdentifiedTrade(trade(received, 1).build(), 7)))
                .isEqualTo(
                        append().add(
                                        1766437799445L,
                                        7,
                                        "O:SPXW251223P06870000",
                                        shortest,
                                        "1",
                                        "1766437799445",
                                        "U",
                                        "",
                                        "[]",
                                        "",
                                        "regular")
                                .build());
    }

    @Test
    void aBatchHoldsNothingOfTheOneBefore() {
        IdentifiedTrade first = new IdentifiedTrade(trade("1", 1).conditions(201).build(), 1);
        IdentifiedTrade second = new IdentifiedTrade(trade("2", 2).conditions(202).build(), 2);
        RedisWrite alone = written(second);

        assertThat(written(first).entryCount()).isEqualTo(1);
        assertThat(written(first, second).entryCount()).isEqualTo(2);
        assertThat(written(second)).isEqualTo(alone);
    }

    @Test
    void repeatsAloneAndOtherUnderlyingsAreNotWritten() {
        List<RedisWrite> writes = new ArrayList<>();
        converter.convert(new TradeBatch(STREAM, List.of(), 3, false, Long.MIN_VALUE), writes::add);
        converter.convert(
                new TradeBatch(
                        StreamKey.parse("NDX:20251223"),
                        List.of(new IdentifiedTrade(trade("1", 1).build(), 1)),
                        0,
                        true,
                        Long.MIN_VALUE),
                writes::add);

        assertThat(writes).isEmpty();
    }

    private static OptionTrade.Builder trade(String price, int size) {
        return OptionTrade.builder()
                .contract(OptionContract.parse("O:SPXW251223P06870000").orElseThrow())
                .price(Price.of(new BigDecimal(price)))
                .size(size)
                .timestamp(1766437799445L);
    }

    private RedisWrite written(IdentifiedTrade... trades) {
        List<RedisWrite> writes = new ArrayList<>();
        converter.convert(
                new TradeBatch(STREAM, List.of(trades), 0, false, Long.MIN_VALUE), writes::add);
        assertThat(writes).hasSize(1);
        return writes.get(0);
    }

    private static StreamAppendBuilder append() {
        return StreamAppend.to(
                        "massive:trades:SPX:20251223",
                        "contract",
                        "price",
                        "size",
                        "ts",
                        "side",
                        "exchange",
                        "conditions",
                        "q",
                        "report")
                .maxLength(100_000)
                .expireAt(EXPIRE_AT)
                .onPassed(PassedIds.APPEND_LATE)
                .lateField("late_of")
                .companion("massive:ws:late:");
    }
}
