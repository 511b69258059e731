package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.feed.Tick;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** Times in milliseconds, on a clock that the test moves. */
class PacerTest {

    private static final long NOON = 1_766_437_200_000L;

    private long clock = 5_000;

    @Test
    void waitsAsLongAsItTook() {
        Pacer pacer = pacer(1);

        assertThat(wait(pacer, received(NOON))).isZero();
        assertThat(wait(pacer, received(NOON + 250))).isEqualTo(250);

        // When a part of it has passed
        clock += 100;
        assertThat(wait(pacer, received(NOON + 250))).isEqualTo(150);

        // And when more has passed than the next event took
        clock += 400;
        assertThat(wait(pacer, received(NOON + 300))).isNotPositive();

        // Then what was lost is caught up, and no error adds up
        assertThat(wait(pacer, received(NOON + 600))).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "10, 100", "0.5, 2000", "1000, 1"})
    void waitsShorterTheFasterItGoes(double speed, long expected) {
        Pacer pacer = pacer(speed);
        wait(pacer, received(NOON));

        assertThat(wait(pacer, received(NOON + 1000))).isEqualTo(expected);
    }

    @Test
    void neverWaitsAtSpeedZero() {
        Pacer pacer = pacer(0);
        wait(pacer, received(NOON));

        assertThat(wait(pacer, received(NOON + 1000))).isZero();
    }

    @Test
    void waitsForTicks() {
        Pacer pacer = pacer(1);
        wait(pacer, received(NOON));

        assertThat(wait(pacer, new Tick(NOON + 100, 1))).isEqualTo(100);
    }

    @Test
    void goesByTradesWhereNoReceptionTimeIsKnown() {
        Pacer pacer = pacer(1);

        assertThat(wait(pacer, frame("[{\"ev\":\"status\"}]"))).isZero();
        assertThat(wait(pacer, frame("[{\"ev\":\"T\",\"t\":" + NOON + "}]"))).isZero();
        assertThat(wait(pacer, frame("[{\"t\" : " + (NOON + 70) + ",\"t\":1}]"))).isEqualTo(70);
        assertThat(wait(pacer, frame("[{\"t\":" + (NOON - 70) + "}]"))).isNotPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "\"t\"", "\"t\":", "\"t\":12", "\"t\":null", "\"t\":\"1\"", "\"t"})
    void doesNotWaitForFramesThatTellNoTime(String text) {
        Pacer pacer = pacer(1);
        wait(pacer, frame("\"t\":" + NOON));

        assertThat(wait(pacer, frame(text))).isZero();
    }

    @Test
    void goesByReceptionsAsSoonAsThereAreAny() {
        // Given a feed whose first frames tell no reception time
        Pacer pacer = pacer(1);
        wait(pacer, frame("\"t\":" + NOON));

        // When one does, it is the first of its kind
        assertThat(wait(pacer, received(NOON + 500))).isZero();

        // Then receptions count and trades do not
        assertThat(wait(pacer, frame("\"t\":" + (NOON + 9000)))).isZero();
        assertThat(wait(pacer, received(NOON + 600))).isEqualTo(100);
    }

    @Test
    void doesNotWaitThroughANight() {
        // Given a feed that goes on two hours later
        Pacer pacer = pacer(1);
        wait(pacer, received(NOON));
        assertThat(wait(pacer, received(NOON + 7_200_000))).isZero();

        // Then it is paced from there
        assertThat(wait(pacer, received(NOON + 7_200_050))).isEqualTo(50);
    }

    @Test
    void survivesTimesThatCannotBe() {
        Pacer pacer = pacer(1);
        wait(pacer, received(NOON));

        assertThat(wait(pacer, received(Long.MAX_VALUE))).isZero();
        assertThat(wait(pacer, received(0))).isZero();
        assertThat(wait(pacer, received(NOON + 10))).isZero();
        assertThat(wait(pacer, received(NOON + 20))).isEqualTo(10);
    }

    private Pacer pacer(double speed) {
        return new Pacer(speed, () -> clock * 1_000_000);
    }

    private static long wait(Pacer pacer, FeedEvent event) {
        return pacer.nanosUntil(event) / 1_000_000;
    }

    private static FeedEvent received(long at) {
        return new RawFrame(new byte[] {'x'}, at, 0);
    }

    private static FeedEvent frame(String text) {
        return new RawFrame(text.getBytes(StandardCharsets.UTF_8), RawFrame.UNKNOWN, 0);
    }
}
