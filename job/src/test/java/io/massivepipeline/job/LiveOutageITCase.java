package io.massivepipeline.job;

import io.massivepipeline.fixtures.provider.NumberedTrades;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** Redis stands still while the market goes on: the socket is read all the time. */
@Timeout(600)
class LiveOutageITCase {

    private static final int RATE = 20_000;

    /**
     * How long the socket may take for one frame. A feed that waited for Redis would take as long
     * as the pause, less what fits into the buffers: about a second of it.
     */
    private static final Duration PROMPT = Duration.ofSeconds(2);

    @TempDir Path folder;

    @Test
    void eightSeconds() throws Exception {
        pause(Duration.ofSeconds(8));
    }

    @Test
    @Tag("slow")
    void thirtySeconds() throws Exception {
        pause(Duration.ofSeconds(30));
    }

    private void pause(Duration duration) throws Exception {
        try (LiveRig rig = new LiveRig(folder)) {
            // Given a busy feed
            rig.start();
            try (NumberedTrades trades = rig.publish(RATE)) {
                rig.awaitDelivered(2 * RATE);

                // When Redis answers nobody for as long as it takes to send that much
                rig.redis().pause();
                rig.awaitDelivered(duration.toSeconds() * RATE);
                rig.redis().resume();
                rig.awaitDelivered(RATE);
                trades.close();

                // Then the provider could send as before, and everything is there in the end
                assertThat(rig.provider().log().slowestNanos()).isLessThan(PROMPT.toNanos());
                assertThat(rig.provider().log().connections()).isEqualTo(1);
                assertThat(trades.undeliveredAtMs()).isEmpty();
                rig.endsWithWhatWasDelivered(trades);
                assertThat(rig.gaps()).isEmpty();
            }
        }
    }
}
