package io.massivepipeline.sinks.redis.retry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BackoffTest {

    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(20), Duration.ofSeconds(1));

    @ParameterizedTest
    @CsvSource({"1, 10, 20", "2, 20, 40", "6, 320, 640", "7, 500, 1000", "2000000000, 500, 1000"})
    void doublesUpToItsLimit(int attempt, long shortest, long longest) {
        assertThat(BACKOFF.delayMillis(attempt, () -> 0)).isEqualTo(shortest);
        assertThat(BACKOFF.delayMillis(attempt, () -> Math.nextDown(1.0)))
                .isBetween(longest - 1, longest);
    }

    @Test
    void waitsAtLeastAMillisecond() {
        Backoff short1 = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));
        assertThat(short1.delayMillis(1, () -> 0)).isEqualTo(1);
    }

    @Test
    void refusesNonsense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }
}
