package io.massivepipeline.sources.poll.chain;

import io.massivepipeline.fixtures.market.StrikeLadder;
import io.massivepipeline.fixtures.provider.rest.Endpoint;
import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.PollEvent;
import io.massivepipeline.sources.poll.PollTime;
import io.massivepipeline.sources.poll.Received;
import io.massivepipeline.sources.poll.Rest;
import io.massivepipeline.sources.poll.capture.PollEventSerializer;
import io.massivepipeline.sources.poll.rest.RestSettings;

import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A chain of 20 000 contracts in a process of its own, whose heap is what it may take. */
class LargeChainITCase {

    private static final int EXPIRIES = 30;

    @TempDir Path folder;

    @Test
    void isFetchedAndKeptInAQuarterOfAGigabyte() throws Exception {
        try (Rest rest = new Rest()) {
            // Given a market with 5-dollar strikes up to 13 % from the money in six weeks of
            // dailies
            rest.market()
                    .script()
                    .price("SPX", 6878.49)
                    .price("VIX", 14.1)
                    .ladder("SPX", new StrikeLadder(5_000, 0.5, 5_000, 0.13));

            // When all of it is asked for twice by a process with 256 MB of heap in all
            Path said = folder.resolve("said");
            Process asking =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx256m",
                                    "-XX:+ExitOnOutOfMemoryError",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    LargeChainITCase.class.getName(),
                                    rest.provider().uri())
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile())
                            .start();
            boolean ended = asking.waitFor(5, TimeUnit.MINUTES);
            asking.destroyForcibly();

            // Then it came whole, and was written into a checkpoint and read again
            assertThat(ended).isTrue();
            assertThat(Files.readString(said)).contains("2 chains, same: true");
            assertThat(asking.exitValue()).isZero();
            int contracts =
                    Integer.parseInt(
                            Files.readString(said).replaceAll("(?s).*newest: (\\d+).*", "$1"));
            assertThat(contracts).isGreaterThan(20_000);
            assertThat(rest.asked(Endpoint.CHAIN))
                    .hasSizeLessThan(EXPIRIES + 2 * (contracts / 250 + EXPIRIES));
        }
    }

    /**
     * Asks twice.
     *
     * @param args where
     */
    public static void main(String[] args) throws Exception {
        RestSettings settings = RestSettings.of(args[0], () -> Rest.KEY, 10_000);
        PollTime time = PollTime.with(Clock.fixed(Rest.AFTERNOON, ZoneOffset.UTC));
        ChainSettings chains = new ChainSettings(settings, List.of("SPX"), EXPIRIES, 20, time);
        Received received = new Received();
        try (ChainPoller poller = new ChainPoller(chains, new UnregisteredMetricsGroup())) {
            poller.poll(received);
            poller.poll(received);
        }
        PollEventSerializer serializer = new PollEventSerializer();
        PollEvent newest =
                PollEvent.of(ContextAnswer.of(received.chains().get(received.chains().size() - 1)));
        byte[] kept = serializer.serialize(newest);
        boolean same = serializer.deserialize(serializer.getVersion(), kept).equals(newest);
        System.out.println(
                received.chains().size()
                        + " chains, same: "
                        + same
                        + ", newest: "
                        + newest.answer().chain().contracts().size()
                        + " contracts, kept in "
                        + kept.length
                        + " bytes");
    }
}
