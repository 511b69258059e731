package io.massivepipeline.job;

import io.massivepipeline.fixtures.provider.NumberedTrades;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** One fault of the provider at a time: what was delivered is written once, the rest is a gap. */
@Timeout(180)
class LiveFaultsITCase {

    private static final int RATE = 5_000;

    /** Trades that make a frame of more than ten megabytes. */
    private static final int TEN_MEGABYTES = 90_000;

    @TempDir Path folder;

    private LiveRig rig;

    @BeforeEach
    void prepare() throws Exception {
        rig = new LiveRig(folder);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void aHalfOpenSocketIsLeft() throws Exception {
        rig.startImpatient(rig.redis().uri());
        try (NumberedTrades trades = rig.publish(RATE)) {
            rig.awaitDelivered(2_000);

            rig.goSilent();

            rig.awaitStreaming(2);
            rig.awaitDelivered(2_000);
            trades.close();
            assertThat(trades.undeliveredAtMs()).isNotEmpty();
            rig.endsWithWhatWasDelivered(trades);
            assertThat(rig.gaps()).extracting(gap -> gap.get("reason")).contains("silent socket");
        }
    }

    @Test
    void aRestartOfTheServerIsSurvived() throws Exception {
        rig.start();
        try (NumberedTrades trades = rig.publish(RATE)) {
            rig.awaitDelivered(2_000);

            rig.provider().stop();
            rig.provider().restart();

            rig.awaitStreaming(2);
            rig.awaitDelivered(2_000);
            trades.close();
            assertThat(trades.undeliveredAtMs()).isNotEmpty();
            rig.endsWithWhatWasDelivered(trades);
            assertThat(rig.gaps()).hasSize(1);
        }
    }

    @Test
    void tooManyConnectionsTwiceAreWaitedFor() throws Exception {
        rig.start();
        try (NumberedTrades trades = rig.publish(RATE)) {
            rig.awaitDelivered(2_000);

            rig.provider().faults().maxConnections(2);
            rig.provider().endConnections();

            rig.awaitStreaming(4);
            rig.awaitDelivered(2_000);
            trades.close();
            assertThat(trades.undeliveredAtMs()).isNotEmpty();
            rig.endsWithWhatWasDelivered(trades);
            assertThat(rig.gaps()).extracting(gap -> gap.get("reason")).contains("max_connections");
        }
    }

    @Test
    void fragmentsAndFramesOfTenMegabytesAreReadWhole() throws Exception {
        rig.start();
        try (NumberedTrades trades = rig.trades(0)) {
            rig.provider().faults().fragments(7);
            for (int i = 0; i < 50; i++) {
                trades.send(1 + i % 5);
            }
            rig.provider().faults().fragments(100_000);
            trades.send(TEN_MEGABYTES);
            rig.provider().faults().whole();
            trades.send(TEN_MEGABYTES);
            trades.send(3);

            assertThat(trades.delivered().cardinality()).isEqualTo(trades.sent());
            rig.endsWithWhatWasDelivered(trades);
            assertThat(rig.gaps()).isEmpty();
            assertThat(rig.provider().log().connections()).isEqualTo(1);
        }
    }
}
