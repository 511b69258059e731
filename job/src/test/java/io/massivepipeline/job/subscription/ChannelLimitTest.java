package io.massivepipeline.job.subscription;

import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sources.trade.OptionContract;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ChannelLimitTest {

    private static final List<OptionContract> NEAR = calls(20251223, 6850, 6910, 5);
    private static final List<OptionContract> FAR = calls(20251230, 6850, 6910, 5);
    private static final List<Params> STANDING =
            List.of(
                    new Params(StreamKey.parse("SPX:20251223"), 20251222, NEAR),
                    new Params(StreamKey.parse("SPX:20251230"), 20251222, FAR));

    private static List<OptionContract> calls(int expiry, int lowest, int highest, int step) {
        List<OptionContract> calls = new ArrayList<>();
        for (int strike = lowest; strike <= highest; strike += step) {
            calls.add(call(expiry, strike));
        }
        return calls;
    }

    private static OptionContract call(int expiry, int strike) {
        return OptionContract.parse("O:SPXW%06dC%08d".formatted(expiry % 1_000_000, strike * 1000))
                .orElseThrow();
    }

    private static List<OptionContract> all() {
        List<OptionContract> all = new ArrayList<>(FAR);
        all.addAll(NEAR);
        return all;
    }

    @Test
    void keepsAllThatFit() {
        assertThat(new ChannelLimit(26).keep(all(), STANDING)).hasSameElementsAs(all());
    }

    @Test
    void goesFromTheMoneyOutwardsNearestExpiriesFirst() {
        assertThat(new ChannelLimit(5).keep(all(), STANDING))
                .containsExactly(
                        call(20251223, 6880),
                        call(20251230, 6880),
                        call(20251223, 6875),
                        call(20251230, 6875),
                        call(20251223, 6885));
    }

    @Test
    void theMoneyIsWhereItIsNowAndNotInTheMiddleOfAllThatWasSelectedToday() {
        List<Params> now =
                List.of(
                        new Params(
                                StreamKey.parse("SPX:20251223"),
                                20251222,
                                calls(20251223, 6890, 6910, 5)));

        assertThat(new ChannelLimit(3).keep(NEAR, now))
                .containsExactly(call(20251223, 6900), call(20251223, 6895), call(20251223, 6905));
    }

    @Test
    void whatIsSelectedNoMoreIsRankedByItsOwnMiddle() {
        assertThat(new ChannelLimit(1).keep(NEAR, List.of())).containsExactly(call(20251223, 6880));
    }
}
