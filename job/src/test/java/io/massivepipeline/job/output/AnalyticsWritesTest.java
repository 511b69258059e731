package io.massivepipeline.job.output;

import io.massivepipeline.job.analytics.ClosedWindows;
import io.massivepipeline.job.analytics.ContractVolume;
import io.massivepipeline.job.analytics.DayAnalytics;
import io.massivepipeline.job.analytics.ExpiryAnalytics;
import io.massivepipeline.job.analytics.OneSecondWindow;
import io.massivepipeline.job.analytics.Rates;
import io.massivepipeline.job.analytics.TopContracts;
import io.massivepipeline.job.analytics.TradeSums;
import io.massivepipeline.job.analytics.UnderlyingAnalytics;
import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sinks.redis.PassedIds;
import io.massivepipeline.sinks.redis.PutHash;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;
import io.massivepipeline.sinks.redis.ReplaceSortedSet;
import io.massivepipeline.sinks.redis.StreamAppend;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class AnalyticsWritesTest {

    private static final StreamKey STREAM = StreamKey.parse("SPX:20251223");

    /** 2025-12-24T00:00 in New York and three days. */
    private static final long EXPIRES = 1_766_552_400_000L + 3 * 86_400_000L;

    private static final TradeSums SUMS =
            new TradeSums(12, 31, 0, 5, 7, new BigDecimal("2.3870E+5"), 2, 4, 1766437799400L);

    private final Retention retention =
            new Retention(
                    Duration.ofDays(3),
                    Clock.fixed(Instant.parse("2025-12-22T17:00:00Z"), ZoneOffset.UTC));

    @Test
    void anExpiryIsAHashOfPlainNumbersThatExpires() {
        ExpiryAnalytics expiry = new ExpiryAnalytics(STREAM, day(SUMS, new Rates(7, 25, 1, 9)));

        assertThat(converted(new ExpiryHash(retention), expiry))
                .isEqualTo(
                        PutHash.of("massive:ws:analytics:SPX:20251223", fields())
                                .expireAt(EXPIRES));
    }

    @Test
    void anUnderlyingIsTheSameHashThatStays() {
        UnderlyingAnalytics underlying =
                new UnderlyingAnalytics("SPX", day(SUMS, new Rates(7, 25, 1, 9)));

        assertThat(converted(new UnderlyingHash(), underlying))
                .isEqualTo(PutHash.of("massive:ws:analytics:SPX", fields()));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "60, 1", "1, 0.017", "15, 0.25", "100, 1.667", "6000000, 100000"})
    void aRateIsTheShortestDecimalOfAtMostThreePlaces(long trades, String rate) {
        ExpiryAnalytics expiry = new ExpiryAnalytics(STREAM, day(SUMS, new Rates(0, 0, trades, 0)));

        PutHash hash = (PutHash) converted(new ExpiryHash(retention), expiry);

        assertThat(hash.fields()).containsEntry("rate_60s", rate);
    }

    @Test
    void oneTradeInAMillisecondIsNoBurstOfAHash() {
        TradeSums alone = new TradeSums(1, 1, 0, 0, 0, BigDecimal.ONE, 0, 1, 1000);
        ExpiryAnalytics expiry = new ExpiryAnalytics(STREAM, day(alone, Rates.NONE));

        PutHash hash = (PutHash) converted(new ExpiryHash(retention), expiry);

        assertThat(hash.fields()).containsEntry("burst_max", "0");
    }

    @Test
    void eachWindowIsAnEntryAtItsEndOfWhichTheFirstStands() {
        TradeSums sums = new TradeSums(2, 3, 4, 5, 6, new BigDecimal("1E+1"), 0, 1, 1000);
        TradeSums more = new TradeSums(1, 8, 0, 0, 0, new BigDecimal("0.5"), 1, 2, 2000);
        ClosedWindows windows =
                new ClosedWindows(
                        STREAM,
                        List.of(
                                new OneSecondWindow(STREAM, 1766437800000L, sums),
                                new OneSecondWindow(STREAM, 1766437802000L, more)));

        StreamAppend expected =
                StreamAppend.to(
                                "massive:ws:windows:SPX:20251223",
                                "trades",
                                "volume",
                                "call_volume",
                                "put_volume",
                                "premium",
                                "burst_max")
                        .maxLength(86_400)
                        .expireAt(EXPIRES)
                        .onPassed(PassedIds.FIRST_STANDS)
                        .add(1766437800000L, 0, "2", "7", "3", "4", "10", "1")
                        .add(1766437802000L, 0, "1", "8", "8", "0", "0.5", "2")
                        .build();
        assertThat(converted(new WindowStreams(retention), windows)).isEqualTo(expected);
    }

    @Test
    void topContractsReplaceTheSetBefore() {
        TopContracts top =
                new TopContracts(
                        STREAM,
                        List.of(
                                new ContractVolume("O:SPXW251223C06870000", 40),
                                new ContractVolume("O:SPXW251223P06870000", 7)));

        assertThat(converted(new TopSortedSet(retention), top))
                .isEqualTo(
                        ReplaceSortedSet.of(
                                        "massive:ws:analytics:top:SPX:20251223",
                                        Map.of(
                                                "O:SPXW251223C06870000", 40.0,
                                                "O:SPXW251223P06870000", 7.0))
                                .expireAt(EXPIRES));
    }

    private static DayAnalytics day(TradeSums sums, Rates rates) {
        return new DayAnalytics(20251222, sums, rates, 3);
    }

    private static Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        fields.put("trades", "12");
        fields.put("volume", "31");
        fields.put("call_volume", "31");
        fields.put("put_volume", "0");
        fields.put("volume_late", "5");
        fields.put("volume_cancelled", "7");
        fields.put("premium", "238700");
        fields.put("bursts", "2");
        fields.put("burst_max", "4");
        fields.put("rate_1s", "7");
        fields.put("rate_10s", "2.5");
        fields.put("rate_60s", "0.017");
        fields.put("peak_rate_1s", "9");
        fields.put("contracts_active", "3");
        fields.put("last_ts", "1766437799400");
        fields.put("trade_date", "20251222");
        return fields;
    }

    private static <T> RedisWrite converted(RedisWriteConverter<T> converter, T element) {
        List<RedisWrite> writes = new ArrayList<>();
        converter.open(null);
        converter.convert(element, writes::add);
        assertThat(writes).hasSize(1);
        return writes.get(0);
    }
}
