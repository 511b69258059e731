package io.massivepipeline.job.subscription;

import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sources.trade.OptionContract;

import org.junit.jupiter.api.Test;

import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ChannelUnionTest {

    private static final long MONDAY = at("2025-12-22T15:00:00-05:00");
    private static final long EVENING = at("2025-12-22T20:00:05-05:00");

    private final ChannelUnion union = new ChannelUnion();

    private static long at(String time) {
        return OffsetDateTime.parse(time).toInstant().toEpochMilli();
    }

    private static Params params(String stream, int tradeDate, int... strikes) {
        StreamKey key = StreamKey.parse(stream);
        return new Params(
                key,
                tradeDate,
                Arrays.stream(strikes)
                        .mapToObj(
                                strike ->
                                        OptionContract.parse(
                                                        "O:%s%06dC%08d"
                                                                .formatted(
                                                                        key.underlying(),
                                                                        key.expiry() % 1_000_000,
                                                                        strike * 1000))
                                                .orElseThrow())
                        .toList());
    }

    private List<String> grow(long now, Params... standing) {
        return union.grow(List.of(standing), now).stream()
                .map(
                        contract ->
                                contract.underlying()
                                        + " "
                                        + contract.expiry() % 100
                                        + " "
                                        + contract.strikeThousandths() / 1000)
                .sorted()
                .toList();
    }

    @Test
    void onlyGrowsWithinATradeDate() {
        assertThat(grow(MONDAY, params("SPX:20251223", 20251222, 6875, 6880)))
                .containsExactly("SPX 23 6875", "SPX 23 6880");
        assertThat(grow(MONDAY, params("SPX:20251223", 20251222, 6880, 6885)))
                .containsExactly("SPX 23 6875", "SPX 23 6880", "SPX 23 6885");
        assertThat(grow(MONDAY)).hasSize(3);
    }

    @Test
    void startsFreshWhenTheNextTradeDateHasBeenSelected() {
        grow(
                MONDAY,
                params("SPX:20251222", 20251222, 6880),
                params("SPX:20251223", 20251222, 6880));

        // In the evening nothing is lost until the chain has been polled
        assertThat(
                        grow(
                                EVENING,
                                params("SPX:20251222", 20251222, 6880),
                                params("SPX:20251223", 20251222, 6880)))
                .containsExactly("SPX 22 6880", "SPX 23 6880");
        assertThat(grow(EVENING, params("SPX:20251223", 20251223, 6885)))
                .containsExactly("SPX 23 6885");
    }

    @Test
    void anUnderlyingDoesNotWaitForAnother() {
        grow(
                MONDAY,
                params("SPX:20251223", 20251222, 6880),
                params("NDX:20251223", 20251222, 25460));

        assertThat(grow(EVENING, params("SPX:20251223", 20251223, 6885)))
                .as("NDX has not been selected on this trade date")
                .containsExactly("NDX 23 25460", "SPX 23 6885");
    }

    @Test
    void whatIsOfAnEarlierTradeDateIsNotAdded() {
        assertThat(
                        grow(
                                EVENING,
                                params("SPX:20251222", 20251222, 6880),
                                params("SPX:20251223", 20251223, 6885)))
                .containsExactly("SPX 23 6885");
        assertThat(grow(EVENING, params("SPX:20251223", 20251222, 6880)))
                .as("an older writer")
                .containsExactly("SPX 23 6885");
    }

    @Test
    void whatStandsFromYesterdayServesUntilThePollersAreUpUnlessItHasExpired() {
        long tuesday = at("2025-12-23T09:00:00-05:00");

        assertThat(
                        grow(
                                tuesday,
                                params("SPX:20251222", 20251222, 6880),
                                params("SPX:20251223", 20251222, 6880)))
                .containsExactly("SPX 23 6880");
    }
}
