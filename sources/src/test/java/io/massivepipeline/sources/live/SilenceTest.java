package io.massivepipeline.sources.live;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SilenceTest {

    private static final long DELAY = 100;

    private final Silence silence = new Silence(DELAY, 0);

    @Test
    void ticksAfterTheDelayAndThenEverySecond() {
        silence.broken(500);

        assertThat(ticks(500, 3_700)).containsExactly(600L, 1_600L, 2_600L, 3_600L);
    }

    @Test
    void aFrameBeginsItAnew() {
        silence.broken(500);
        assertThat(ticks(500, 599)).isEmpty();
        silence.broken(590);

        assertThat(ticks(590, 1_000)).containsExactly(690L);
    }

    @Test
    void aPauseOfTheProcessIsNoSilence() {
        silence.broken(500);
        assertThat(ticks(500, 550)).isEmpty();

        // Nobody looked for two seconds: frames may wait to be read
        assertThat(silence.isTickDue(2_550)).isFalse();
        assertThat(ticks(2_551, 2_700)).containsExactly(2_650L);
    }

    @Test
    void aClockThatIsSetBackSilencesNothing() {
        silence.broken(5_000_000);
        assertThat(ticks(5_000_000, 5_000_050)).isEmpty();

        // By more than an hour
        assertThat(ticks(1_000, 2_200)).containsExactly(1_100L, 2_100L);
    }

    private List<Long> ticks(long from, long until) {
        List<Long> ticks = new ArrayList<>();
        for (long now = from; now <= until; now++) {
            if (silence.isTickDue(now)) {
                ticks.add(now);
            }
        }
        return ticks;
    }
}
