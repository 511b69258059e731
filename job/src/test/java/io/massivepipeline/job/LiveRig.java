package io.massivepipeline.job;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.market.Market;
import io.massivepipeline.fixtures.provider.NumberedTrades;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.sources.poll.PollTime;

import org.apache.flink.api.common.JobID;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The whole live job without its pollers: what is published is numbered, and looked for in Redis.
 */
final class LiveRig extends JobRig {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int STREAMS = 40;

    /** What a frame may take on its way on a busy machine, in milliseconds. */
    private static final long ON_THE_WAY = 250;

    /** Starts everything but the job. */
    LiveRig(Path folder) throws Exception {
        super(
                folder,
                ListedMarket.of(Market.seeded(5)),
                PollTime.system(),
                ProviderOptions.withKey(KEY).withoutKeepingFrames());
    }

    /** Starts the job, into a Redis that may stand behind something, and waits for the feed. */
    JobID start(String redisUri) throws Exception {
        return start(options(redisUri));
    }

    /** The same, and it takes a socket for dead that is silent for a moment. */
    JobID startImpatient(String redisUri) throws Exception {
        Map<String, String> options = options(redisUri);
        options.put("ws.silence-timeout", "1500 ms");
        return start(options);
    }

    private JobID start(Map<String, String> options) throws Exception {
        JobID job = cluster().submit(options);
        awaitStreaming(1);
        return job;
    }

    JobID start() throws Exception {
        return start(redis().uri());
    }

    /**
     * Options that reconnect soon, but not for silence: whenever the tests run in hours of trading,
     * a feed that has no more trades to send would be taken for dead.
     */
    Map<String, String> options(String redisUri) throws IOException {
        Map<String, String> options = options();
        // Without polls: this is about the feed.
        options.put("underlyings", "");
        options.put("spot.symbols", "");
        options.put("snapshot.underlyings", "SPX,NDX");
        options.put("ws.reconnect-delay", "200 ms");
        options.put("ws.reconnect-delay-max", "400 ms");
        options.put("ws.max-connections-delay", "300 ms");
        options.put("ws.silence-timeout", "10 min");
        options.put("redis.uri", redisUri);
        options.put("trades.max-length", "10000000");
        return options;
    }

    /** Begins to publish. */
    NumberedTrades publish(double tradesPerSecond) {
        NumberedTrades trades = trades(tradesPerSecond);
        trades.start();
        return trades;
    }

    /** Trades to publish by hand. */
    NumberedTrades trades(double tradesPerSecond) {
        return new NumberedTrades(provider(), STREAMS, tradesPerSecond);
    }

    /** Waits until the feed is subscribed on the so manieth connection or a later one. */
    void awaitStreaming(int connection) {
        await().atMost(SOON)
                .until(
                        () ->
                                provider().log().connections() >= connection
                                        && provider().channels().contains("T.*"));
    }

    void awaitDelivered(long more) {
        long enough = provider().log().events() + more;
        await().atMost(SOON).until(() -> provider().log().events() >= enough);
    }

    /** Nothing is sent and nothing read, and the sockets stay open, until the job gives it up. */
    void goSilent() {
        int connections = provider().log().connections();
        provider().faults().silent(true).deaf(true);
        provider().applyFaults();
        await().atMost(SOON).until(() -> provider().log().connections() > connections);
        provider().resetConnections();
        provider().faults().silent(false).deaf(false);
    }

    /**
     * Redis holds exactly what was delivered, each trade once; and what was published while nobody
     * listened was published in a gap.
     */
    void endsWithWhatWasDelivered(NumberedTrades trades) {
        BitSet delivered = trades.delivered();
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () ->
                                assertThat(content().length("massive:trades:*"))
                                        .isGreaterThanOrEqualTo(delivered.cardinality()));
        BitSet written = content().numbers(NumberedTrades.FIRST);
        assertThat(content().length("massive:trades:*")).isEqualTo(delivered.cardinality());
        assertThat(written.equals(delivered))
                .as("written %s, delivered %s", written.cardinality(), delivered.cardinality())
                .isTrue();
        List<Long> outside = trades.undeliveredAtMs().stream().filter(at -> !isInGap(at)).toList();
        assertThat(outside).as("times without the feed that are in no gap").isEmpty();
    }

    private boolean isInGap(long at) {
        return gaps().stream()
                .anyMatch(
                        gap ->
                                Long.parseLong(gap.get("from")) - ON_THE_WAY <= at
                                        && at <= Long.parseLong(gap.get("to")) + ON_THE_WAY);
    }

    /** What stands in the stream of gaps. */
    List<Map<String, String>> gaps() {
        return content().stream("massive:ws:gaps").stream().map(entry -> entry.getBody()).toList();
    }
}
