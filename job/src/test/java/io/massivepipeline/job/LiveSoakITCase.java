package io.massivepipeline.job;

import io.massivepipeline.fixtures.provider.NumberedTrades;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.fixtures.tcp.TcpProxy;

import org.apache.flink.api.common.JobID;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whatever goes wrong, one thing after the other, while 5 000 trades a second come. */
@Timeout(1_200)
class LiveSoakITCase {

    private static final int RATE = 5_000;
    private static final Duration SOON = Duration.ofSeconds(60);

    /** What can go wrong, and how the gap begins that it leaves; Redis leaves none. */
    private enum Fault {
        FEED_ENDED("closed: 1006"),
        FEED_CLOSED("closed: 1001 going away"),
        FEED_KICKED("max_connections"),
        PROVIDER_RESTARTED("closed: 1006"),
        FEED_SILENT("silent socket"),
        TASK_MANAGER_KILLED("restart"),
        REDIS_CUT(""),
        REDIS_PAUSED("");

        private final String gap;

        Fault(String gap) {
            this.gap = gap;
        }
    }

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
            JobID job = rig.startImpatient("redis://" + toRedis.host() + ":" + toRedis.port());
            NumberedTrades trades = rig.publish(RATE);
            Random random = new Random(seed);
            long until = System.nanoTime() + duration.toNanos();
            Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
            List<Fault> round = new ArrayList<>(List.of(Fault.values()));
            // Each at least once, however long that takes
            for (int i = 0; i < round.size() || System.nanoTime() < until; i++) {
                if (i % round.size() == 0) {
                    Collections.shuffle(round, random);
                }
                Fault fault = round.get(i % round.size());
                rig.awaitDelivered(1_000 + random.nextInt(2 * RATE));
                strike(fault, random, job);
                struck.merge(fault, 1, Integer::sum);
            }
            rig.awaitDelivered(RATE);
            trades.close();

            System.out.printf(
                    "%d trades published, %d delivered, %d connections; faults %s%n",
                    trades.sent(),
                    trades.delivered().cardinality(),
                    rig.provider().log().connections(),
                    struck);
            rig.endsWithWhatWasDelivered(trades);
            // In hours of trading the silence now ends one connection after the other
            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(rig.content().hash("massive:ws:analytics"))
                                            .containsEntry("connected", "1")
                                            .containsEntry("dead_letters", "0"));
        } finally {
            toRedis.close();
            rig.close();
        }
    }

    /** Returns when all is well again, having seen that it was not. */
    private void strike(Fault fault, Random random, JobID job) throws Exception {
        rig.provider()
                .faults()
                .fragments(random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(500));
        switch (fault) {
            case REDIS_CUT -> cutRedis();
            case REDIS_PAUSED -> pauseRedis(RATE / 2 + random.nextInt(2 * RATE));
            default -> loseFeed(fault, job);
        }
    }

    private void loseFeed(Fault fault, JobID job) throws Exception {
        StandInProvider provider = rig.provider();
        int connections = provider.log().connections();
        long gaps = gaps(fault);
        switch (fault) {
            case FEED_ENDED -> provider.endConnections();
            case FEED_CLOSED -> provider.closeConnections(1001, "going away");
            case FEED_KICKED -> provider.kickConnections();
            case PROVIDER_RESTARTED -> {
                provider.stop();
                provider.restart();
            }
            case FEED_SILENT -> rig.goSilent();
            case TASK_MANAGER_KILLED -> rig.cluster().killTaskManager(job);
            default -> throw new IllegalArgumentException(fault + " is not of the feed");
        }
        rig.awaitStreaming(connections + 1);
        await(fault.name()).atMost(SOON).until(() -> gaps(fault) > gaps);
    }

    private long gaps(Fault fault) {
        return rig.gaps().stream().filter(gap -> gap.get("reason").startsWith(fault.gap)).count();
    }

    private void cutRedis() {
        int connections = toRedis.connections();
        assertThat(toRedis.cut()).isPositive();
        await("REDIS_CUT").atMost(SOON).until(() -> toRedis.connections() > connections);
    }

    private void pauseRedis(int trades) throws Exception {
        try (RespClient client = rig.redis().connect()) {
            rig.redis().pause();
            CompletableFuture<Object> answer =
                    CompletableFuture.supplyAsync(() -> client.command("PING"));
            rig.awaitDelivered(trades);
            assertThat(answer).isNotDone();
            rig.redis().resume();
            assertThat(answer).succeedsWithin(SOON);
        }
    }
}
