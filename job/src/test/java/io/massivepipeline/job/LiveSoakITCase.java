package io.massivepipeline.job;

import io.massivepipeline.fixtures.provider.NumberedTrades;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.fixtures.tcp.TcpProxy;

import org.apache.flink.api.common.JobID;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever goes wrong, one thing after the other, while 5 000 trades a second come. */
@Timeout(1_200)
class LiveSoakITCase {

    private static final int RATE = 5_000;
    private static final int FAULTS = 8;

    @TempDir Path folder;

    private LiveRig rig;
    private TcpProxy toRedis;

    @Test
    void halfAMinute() throws Exception {
        soak(Duration.ofSeconds(30), 20_251_223);
    }

    @Test
    @Tag("slow")
    void tenMinutes() throws Exception {
        soak(
                Duration.ofMinutes(Integer.getInteger("minutes", 10)),
                Long.getLong("seed", System.nanoTime()));
    }

    private void soak(Duration duration, long seed) throws Exception {
        System.out.println("Soak of " + duration + " with -Dseed=" + seed);
        rig = new LiveRig(folder);
        toRedis = TcpProxy.to(rig.redis().host(), rig.redis().port());
        try {
            JobID job = rig.start("redis://" + toRedis.host() + ":" + toRedis.port());
            NumberedTrades trades = rig.publish(RATE);
            Random random = new Random(seed);
            long until = System.nanoTime() + duration.toNanos();
            int[] faults = new int[FAULTS];
            while (System.nanoTime() < until) {
                rig.awaitDelivered(1_000 + random.nextInt(2 * RATE));
                int fault = random.nextInt(FAULTS);
                faults[fault]++;
                strike(fault, random, job);
            }
            rig.awaitDelivered(RATE);
            trades.close();

            System.out.printf(
                    "%d trades published, %d delivered, %d connections; faults %s%n",
                    trades.sent(),
                    trades.delivered().cardinality(),
                    rig.provider().log().connections(),
                    java.util.Arrays.toString(faults));
            rig.endsWithWhatWasDelivered(trades);
            assertThat(rig.content().hash("massive:ws:analytics"))
                    .containsEntry("connected", "1")
                    .containsEntry("dead_letters", "0");
        } finally {
            toRedis.close();
            rig.close();
        }
    }

    private void strike(int fault, Random random, JobID job) throws Exception {
        StandInProvider provider = rig.provider();
        int connections = provider.log().connections();
        provider.faults()
                .fragments(random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(500));
        switch (fault) {
            case 0 -> provider.endConnections();
            case 1 -> provider.closeConnections(1001, "going away");
            case 2 -> provider.kickConnections();
            case 3 -> {
                provider.stop();
                provider.restart();
            }
            case 4 -> rig.goSilent();
            case 5 -> rig.cluster().killTaskManager(job);
            case 6 -> toRedis.cut();
            default -> {
                rig.redis().pause();
                rig.awaitDelivered(RATE / 2 + random.nextInt(2 * RATE));
                rig.redis().resume();
            }
        }
        rig.awaitStreaming(fault < 6 ? connections + 1 : connections);
    }
}
