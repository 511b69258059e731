package io.massivepipeline.sources.poll;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

class FixedRateTest {

    /** The clock may begin anywhere, also below 0. */
    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);

    private final FixedRate rate = new FixedRate(Duration.ofSeconds(1), nanos::get);

    @Test
    void ticksAtOnceAndThenAtItsRate() {
        assertThat(rate.nanosUntilDue()).isZero();

        rate.take();
        assertThat(millisUntilDue()).isEqualTo(1000);

        passes(1003);
        assertThat(millisUntilDue()).isEqualTo(-3);
        rate.take();
        assertThat(millisUntilDue()).isEqualTo(997);
    }

    @Test
    void skipsWhatWasMissedAndKeepsItsPlace() {
        // Given an answer that took three ticks and a half
        rate.take();
        passes(1000);
        rate.take();
        passes(3500);

        // When it is asked again
        assertThat(millisUntilDue()).isEqualTo(-2500);
        rate.take();

        // Then the missed ticks do not follow
        assertThat(millisUntilDue()).isEqualTo(500);
    }

    @Test
    void skipsATickThatWasMissedToTheNanosecond() {
        rate.take();
        passes(2000);
        rate.take();

        assertThat(millisUntilDue()).isEqualTo(1000);
    }

    private void passes(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private long millisUntilDue() {
        return TimeUnit.NANOSECONDS.toMillis(rate.nanosUntilDue());
    }
}
