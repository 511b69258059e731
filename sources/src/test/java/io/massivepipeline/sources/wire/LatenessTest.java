package io.massivepipeline.sources.wire;

import io.massivepipeline.sources.feed.RawFrame;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** Section 0 of the contract, "Late", with an ordering delay of 100 ms. */
class LatenessTest {

    private static final long NOON = 1_766_437_200_000L;
    private static final long UNKNOWN = RawFrame.UNKNOWN;

    private final Lateness lateness = new Lateness(Duration.ofMillis(100));

    @Test
    void isAboutTheNewestTradeSoFar() {
        // Given a first trade, which cannot be late
        assertThat(lateness.judge(NOON, UNKNOWN)).isFalse();

        // Then trades are late from 100 ms before it, and late ones do not move anything
        assertThat(lateness.judge(NOON - 100, UNKNOWN)).isFalse();
        assertThat(lateness.judge(NOON - 101, UNKNOWN)).isTrue();
        assertThat(lateness.newestOr(0)).isEqualTo(NOON);

        // And a trade is judged before it moves the newest itself
        assertThat(lateness.judge(NOON + 1000, UNKNOWN)).isFalse();
        assertThat(lateness.judge(NOON + 899, UNKNOWN)).isTrue();
        assertThat(lateness.judge(NOON + 900, UNKNOWN)).isFalse();
    }

    @Test
    void believesATradeOnlyAsFarAsASecondAfterItsReception() {
        // Given a trade from half a minute after its reception
        lateness.frame(NOON);
        lateness.judge(NOON + 30_000, NOON);

        // Then the clock moved one second
        assertThat(lateness.newestOr(0)).isEqualTo(NOON + 1000);
        assertThat(lateness.judge(NOON + 899, NOON)).isTrue();
        assertThat(lateness.judge(NOON + 900, NOON)).isFalse();

        // And one from exactly a second after is believed
        lateness.judge(NOON + 1001, NOON + 1);
        assertThat(lateness.newestOr(0)).isEqualTo(NOON + 1001);
    }

    @Test
    void aTickFromBeforeTheLastReceptionIsNoSilence() {
        // Given a frame with a reception time that no clock shows
        lateness.frame(Long.MAX_VALUE);
        lateness.judge(NOON, Long.MAX_VALUE);

        // When a tick of now follows
        lateness.tick(NOON + 1000);

        // Then it says that nothing came, and not that time has passed
        assertThat(lateness.judge(NOON, NOON + 1000)).isTrue();
        assertThat(lateness.judge(NOON + 1, NOON + 1000)).isFalse();
    }

    @Test
    void countsSilenceFromTheLastReception() {
        // Given a trade received at noon, and a tick 100 ms later
        lateness.frame(NOON);
        lateness.judge(NOON - 5, NOON);
        lateness.tick(NOON + 100);

        // Then what is not newer is late
        assertThat(lateness.judge(NOON - 5, NOON + 101)).isTrue();
        assertThat(lateness.judge(NOON - 4, NOON + 101)).isFalse();

        // When another tick comes a second later
        lateness.tick(NOON + 1100);

        // Then the floor is that second behind the newest trade
        assertThat(lateness.judge(NOON + 996, NOON + 1101)).isTrue();
        assertThat(lateness.judge(NOON + 997, NOON + 1101)).isFalse();
    }

    @Test
    void putsTheFloorBehindTheNewestEvenIfATickComesEarly() {
        lateness.frame(NOON);
        lateness.judge(NOON, NOON);
        lateness.tick(NOON + 1);

        assertThat(lateness.judge(NOON, NOON + 2)).isTrue();
        assertThat(lateness.judge(NOON + 1, NOON + 2)).isFalse();
    }

    @Test
    void neverLowersTheFloor() {
        // Given a floor far ahead
        lateness.frame(NOON);
        lateness.judge(NOON, NOON);
        lateness.tick(NOON + 10_000);

        // When a frame without a trade comes and a tick shortly after it
        lateness.frame(NOON + 11_000);
        lateness.tick(NOON + 11_100);

        // Then the floor is where it was
        assertThat(lateness.watermark()).isEqualTo(NOON + 1 + 9_900 - 1);
    }

    @Test
    void makesNothingOfATickWithoutATradeOrAReception() {
        // Given a tick before anything, one after a frame without trades, and one after a frame
        // of which nobody knows when it came
        lateness.tick(NOON);
        lateness.frame(NOON);
        lateness.tick(NOON + 5000);
        assertThat(lateness.watermark()).isEqualTo(Long.MIN_VALUE);
        lateness.frame(UNKNOWN);
        lateness.judge(NOON, UNKNOWN);
        lateness.tick(NOON + 10_000);

        // Then there is no floor
        assertThat(lateness.watermark()).isEqualTo(NOON - 101);
        assertThat(lateness.judge(NOON - 100, UNKNOWN)).isFalse();
    }

    @Test
    void forgetsTheReceptionWithAFrameThatDoesNotTellIt() {
        // Given a frame that was received at noon and one of an unknown time
        lateness.frame(NOON);
        lateness.judge(NOON, NOON);
        lateness.frame(UNKNOWN);

        // Then a tick says nothing
        lateness.tick(NOON + 60_000);
        assertThat(lateness.watermark()).isEqualTo(NOON - 101);
    }

    @Test
    void letsTheWatermarkFollowTheLaterOfDelayAndFloor() {
        assertThat(lateness.watermark()).isEqualTo(Long.MIN_VALUE);

        lateness.frame(NOON);
        lateness.judge(NOON, NOON);
        assertThat(lateness.watermark()).isEqualTo(NOON - 101);

        lateness.tick(NOON + 100);
        assertThat(lateness.watermark()).isEqualTo(NOON);

        lateness.judge(NOON + 101, NOON + 101);
        assertThat(lateness.watermark()).isEqualTo(NOON);

        lateness.judge(NOON + 500, NOON + 500);
        assertThat(lateness.watermark()).isEqualTo(NOON + 399);
    }

    @Test
    void staysWithinReasonWhateverAFeedSays() {
        // Given the largest reception times that a feed can write
        lateness.frame(0);
        lateness.judge(NOON, 0);
        assertThat(lateness.newestOr(0)).isEqualTo(1000);
        lateness.tick(Long.MAX_VALUE);

        // Then every trade of this century is late, and nothing has overflown
        assertThat(lateness.judge(4_102_444_799_999L, Long.MAX_VALUE)).isTrue();
        assertThat(lateness.watermark()).isEqualTo(4_102_444_799_999L);
        lateness.frame(Long.MAX_VALUE);
        lateness.tick(Long.MAX_VALUE);
        assertThat(lateness.watermark()).isEqualTo(4_102_444_799_999L);
    }

    @Test
    void goesOnFromItsState() {
        // Given one that has seen trades and silence
        lateness.frame(NOON);
        lateness.judge(NOON, NOON);
        lateness.tick(NOON + 5000);
        lateness.frame(NOON + 6000);

        // When another one is restored from its state
        Lateness restored = new Lateness(Duration.ofMillis(100));
        restored.restore(lateness.snapshot());

        // Then both decide the same
        assertThat(restored.snapshot()).isEqualTo(lateness.snapshot());
        assertThat(restored.watermark()).isEqualTo(lateness.watermark());
        lateness.tick(NOON + 7000);
        restored.tick(NOON + 7000);
        assertThat(restored.watermark()).isEqualTo(lateness.watermark()).isEqualTo(NOON + 4900);
    }

    @Test
    void startsAnewFromTheStateOfANewOne() {
        Lateness restored = new Lateness(Duration.ofMillis(100));
        restored.restore(lateness.snapshot());

        restored.tick(NOON);
        assertThat(restored.watermark()).isEqualTo(Long.MIN_VALUE);
        assertThat(restored.judge(NOON, UNKNOWN)).isFalse();
    }

    @Test
    void judgesWithoutAnyDelay() {
        Lateness strict = new Lateness(Duration.ZERO);
        strict.judge(NOON, UNKNOWN);

        assertThat(strict.judge(NOON, UNKNOWN)).isFalse();
        assertThat(strict.judge(NOON - 1, UNKNOWN)).isTrue();
        assertThat(strict.watermark()).isEqualTo(NOON - 1);
    }
}
