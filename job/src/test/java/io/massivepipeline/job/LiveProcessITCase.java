package io.massivepipeline.job;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.market.Market;
import io.massivepipeline.fixtures.provider.MarketDriver;
import io.massivepipeline.fixtures.provider.ProviderLog;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.fixtures.provider.rest.RestOptions;
import io.massivepipeline.fixtures.provider.rest.StandInRest;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.job.oracle.RedisContent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What someone sees who runs the jar live: kills, signals, messages, exit codes. */
@Timeout(240)
class LiveProcessITCase {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String KEY = "k-77ab03";

    /** Frames that may be in the operating system's buffers when the process is killed. */
    private static final int UNREAD = 20;

    @TempDir Path folder;

    private StandInRest rest;

    @BeforeEach
    void startRest() throws IOException {
        rest = rest(KEY);
    }

    @AfterEach
    void stopRest() {
        rest.close();
    }

    @Test
    void goesOnAfterAKillAndStopsCleanlyOnSignals() throws Exception {
        try (RedisServer redis = RedisServers.embedded(RedisOptions.defaults());
                StandInProvider provider = StandInProvider.start(ProviderOptions.withKey(KEY))) {
            ProviderLog log = provider.log();
            RedisContent content = new RedisContent(redis);
            MarketDriver market = LiveFeedTape.play(provider, 11, 2_000);

            // Given a run that is killed with checkpoints behind it
            PipelineProcess killed = run(provider, redis, KEY);
            awaitTrades(provider, 1);
            await().atMost(SOON).until(() -> new ResumeFolder(state()).newest().isPresent());
            awaitTrades(provider, 1);
            killed.kill();
            List<String> received = log.dataFrames(1);
            received = received.subList(0, Math.max(0, received.size() - UNREAD));

            // When it is started again with the same folders, and ended by Ctrl-C
            PipelineProcess interrupted = run(provider, redis, KEY);
            awaitTrades(provider, 2);
            interrupted.interrupt();
            assertThat(interrupted.exitCode()).as(interrupted.err()).isZero();
            assertThat(interrupted.err()).contains("Going on from").contains("Stopped with");

            // And once more, and ended by SIGTERM
            PipelineProcess terminated = run(provider, redis, KEY);
            awaitTrades(provider, 3);
            terminated.terminate();
            assertThat(terminated.exitCode()).as(terminated.err()).isZero();
            assertThat(terminated.err()).contains("savepoint-").contains("Stopped with");
            market.close();

            // Then the provider was told, and nothing that was received is lost or doubled
            assertThat(log.passages())
                    .filteredOn(passage -> passage.connection() > 1)
                    .filteredOn(passage -> passage.what().startsWith("end"))
                    .hasSize(2)
                    .allSatisfy(passage -> assertThat(passage.what()).contains("1000"));
            List<Long> written = LiveFeedTape.numbersIn(content);
            Set<Long> distinct = new HashSet<>(written);
            assertThat(written).hasSize(distinct.size());
            assertThat(LiveFeedTape.missing(LiveFeedTape.numbersIn(received), distinct)).isEmpty();
            assertThat(LiveFeedTape.missing(LiveFeedTape.numbersIn(log.dataFrames(2)), distinct))
                    .isEmpty();
            assertThat(LiveFeedTape.missing(distinct, LiveFeedTape.numbersIn(log.dataFrames())))
                    .isEmpty();
            assertThat(content.stream("massive:ws:gaps"))
                    .hasSize(2)
                    .allSatisfy(
                            gap -> assertThat(gap.getBody()).containsEntry("reason", "restart"));

            // And nobody says the key
            for (PipelineProcess run : List.of(killed, interrupted, terminated)) {
                assertThat(run.out() + run.err()).doesNotContain(KEY);
            }
        }
    }

    @Test
    void stopsCleanlyAlsoWhileItIsRestarting() throws Exception {
        try (RedisServer redis = RedisServers.embedded(RedisOptions.defaults());
                StandInProvider provider = StandInProvider.start(ProviderOptions.withKey(KEY))) {
            ProviderLog log = provider.log();
            MarketDriver market = LiveFeedTape.play(provider, 12, 2_000);
            String longDelay = "--restart-strategy.exponential-delay.initial-backoff=50s";

            // Given a run that fails because its checkpoints have no place any more, and waits
            PipelineProcess failing = run(provider, redis, KEY, longDelay);
            awaitTrades(provider, 1);
            await().atMost(SOON).until(() -> new ResumeFolder(state()).newest().isPresent());
            Path aside = folder.resolve("aside");
            Files.move(state(), aside);
            Files.writeString(state(), "in the way");
            await().atMost(SOON).until(() -> provider.openConnections() == 0);

            // When it gets a signal
            failing.terminate();

            // Then it ends well and says how
            assertThat(failing.exitCode()).as(failing.err()).isZero();
            assertThat(failing.err())
                    .contains(
                            "Stopped without a savepoint, the job was restarting. Nothing is lost")
                    .doesNotContain("\tat ");

            // And the next run has everything that was delivered, once
            Files.delete(state());
            Files.move(aside, state());
            PipelineProcess next = run(provider, redis, KEY);
            awaitTrades(provider, 2);
            market.close();
            next.terminate();
            assertThat(next.exitCode()).as(next.err()).isZero();
            assertThat(sorted(LiveFeedTape.numbersIn(new RedisContent(redis))))
                    .isEqualTo(sorted(LiveFeedTape.numbersIn(log.dataFrames())));
        }
    }

    @Test
    @Tag("slow")
    void stopsCleanlyAlsoWhileRedisIsAway() throws Exception {
        try (RedisServer redis = RedisServers.embedded(RedisOptions.defaults());
                StandInProvider provider = StandInProvider.start(ProviderOptions.withKey(KEY))) {
            ProviderLog log = provider.log();
            MarketDriver market = LiveFeedTape.play(provider, 13, 2_000);
            PipelineProcess run = run(provider, redis, KEY);
            awaitTrades(provider, 1);

            redis.pause();
            awaitTrades(provider, 1);
            run.terminate();

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err()).contains("Stopped without a savepoint, it was not done in time.");
            redis.resume();
            PipelineProcess next = run(provider, redis, KEY);
            awaitTrades(provider, 2);
            market.close();
            next.terminate();
            assertThat(next.exitCode()).as(next.err()).isZero();
            assertThat(sorted(LiveFeedTape.numbersIn(new RedisContent(redis))))
                    .isEqualTo(sorted(LiveFeedTape.numbersIn(log.dataFrames())));
        }
    }

    @Test
    void leavesTheFoldersOfAnotherRunAlone() throws Exception {
        try (RedisServer redis = RedisServers.embedded(RedisOptions.defaults());
                StandInProvider provider =
                        StandInProvider.start(ProviderOptions.withKey(KEY).withConnections(3))) {
            // Given a run
            PipelineProcess first = run(provider, redis, KEY);
            await().atMost(SOON).until(() -> provider.channels().contains("T.*"));

            // When others are started with its folders
            PipelineProcess second = run(provider, redis, KEY);
            PipelineProcess third = run(provider, redis, KEY, "--resume.dir=" + folder + "/other");

            // Then they say so and end, and have not disturbed it
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.lastErrorLine())
                    .startsWith("massive-pipeline: --resume.dir " + state() + " cannot be used")
                    .contains("in use by another job");
            assertThat(third.exitCode()).isEqualTo(1);
            assertThat(third.lastErrorLine())
                    .startsWith("massive-pipeline: --journal.dir")
                    .contains("in use by another job");
            assertThat(provider.log().connections()).isEqualTo(1);
            first.terminate();
            assertThat(first.exitCode()).as(first.err()).isZero();
        }
    }

    @Test
    void saysWhatIsWrongWithTheKey() throws Exception {
        try (RedisServer redis = RedisServers.embedded(RedisOptions.defaults());
                StandInProvider provider = StandInProvider.start(ProviderOptions.withKey(KEY))) {
            PipelineProcess without = run(provider, redis, null);
            assertThat(without.exitCode()).isEqualTo(2);
            assertThat(without.lastErrorLine())
                    .startsWith("massive-pipeline: No API key: set MASSIVE_API_KEY");

            // REST would refuse it as well
            rest.close();
            rest = rest("n0t-the-key");
            PipelineProcess wrong = run(provider, redis, "n0t-the-key");
            assertThat(wrong.exitCode()).isEqualTo(1);
            assertThat(wrong.lastErrorLine()).contains("authentication failed");
            assertThat(wrong.err() + wrong.out())
                    .doesNotContain("n0t-the-key")
                    .doesNotContain("\tat ");
        }
    }

    private static StandInRest rest(String key) throws IOException {
        return StandInRest.start(RestOptions.of(key, ListedMarket.of(Market.seeded(5))));
    }

    private void awaitTrades(StandInProvider provider, int connection) {
        ProviderLog log = provider.log();
        await().atMost(SOON)
                .until(
                        () ->
                                log.connections() >= connection
                                        && provider.channels().contains("T.*"));
        long enough = log.events() + 4_000;
        await().atMost(SOON).until(() -> log.events() > enough);
    }

    private static List<Long> sorted(List<Long> numbers) {
        return numbers.stream().sorted().toList();
    }

    private Path state() {
        return folder.resolve("state");
    }

    private PipelineProcess run(
            StandInProvider provider, RedisServer redis, String key, String... more)
            throws IOException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--source=live",
                                "--ws.url=" + provider.uri(),
                                "--rest.url=" + rest.uri(),
                                "--underlyings=",
                                "--spot.symbols=",
                                "--snapshot.underlyings=SPX,NDX",
                                "--redis.uri=" + redis.uri(),
                                "--journal.dir=" + folder.resolve("journal"),
                                "--resume.dir=" + state(),
                                "--execution.checkpointing.interval=1s"));
        arguments.addAll(List.of(more));
        return PipelineProcess.start(
                folder,
                key == null ? Map.of() : Map.of("MASSIVE_API_KEY", key),
                arguments.toArray(String[]::new));
    }
}
