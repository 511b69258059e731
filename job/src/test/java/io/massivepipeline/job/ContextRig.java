package io.massivepipeline.job;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.provider.ProviderEvent;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.job.oracle.ContextContent;
import io.massivepipeline.sources.poll.PollTime;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The whole live job with its pollers: what they select, and trades of what is selected. */
final class ContextRig extends JobRig {

    private final PollTime time;
    private final ContextContent context;

    /** Starts everything but the job. */
    ContextRig(Path folder, ListedMarket market, PollTime time) throws Exception {
        super(folder, market, time, ProviderOptions.withKey(KEY));
        this.time = time;
        this.context = new ContextContent(redis());
    }

    ContextContent context() {
        return context;
    }

    /**
     * Options of the job, to which those of a test come.
     *
     * @param underlyings that have chains, separated by commas
     * @param expirations how many of the first expiries are selected
     */
    Map<String, String> options(String underlyings, int expirations) throws IOException {
        Map<String, String> options = options();
        options.put("underlyings", underlyings);
        options.put("chain.expirations", Integer.toString(expirations));
        return options;
    }

    /**
     * A figure of how a poller fares, 0 before it says anything.
     *
     * @param kind {@code spot} or {@code chain}
     */
    long statistic(String kind, String name) {
        return Long.parseLong(
                context.hash("massive:" + kind + ":analytics").getOrDefault(name, "0"));
    }

    /** Publishes, in one frame, a trade now of each of some contracts. */
    void publish(String... tickers) {
        Instant now = time.clock().instant();
        provider().publish(Arrays.stream(tickers).map(ticker -> trade(ticker, now)).toList());
    }

    private static ProviderEvent trade(String ticker, Instant at) {
        return new ProviderEvent(
                "T",
                ticker,
                "{\"ev\":\"T\",\"sym\":\"%s\",\"x\":302,\"p\":7.7,\"s\":1,\"c\":[209],\"t\":%d}"
                        .formatted(ticker, at.toEpochMilli()));
    }

    /** The bodies of all entries in streams of trades. */
    List<Map<String, String>> trades() {
        return content().streams().values().stream()
                .flatMap(List::stream)
                .map(entry -> entry.getBody())
                .toList();
    }

    @Override
    public void close() throws Exception {
        context.close();
        super.close();
    }
}
