package io.massivepipeline.job;

import io.massivepipeline.job.options.LiveFeedSettings;
import io.massivepipeline.job.options.PipelineSettings;
import io.massivepipeline.sources.poll.PollEvent;
import io.massivepipeline.sources.poll.PollTime;
import io.massivepipeline.sources.poll.chain.ChainSource;
import io.massivepipeline.sources.poll.spot.SpotSource;

import org.apache.flink.api.connector.source.Source;

import java.util.List;
import java.util.Optional;

/**
 * What the provider is asked for beside a live feed, as the options say; in a replay nothing.
 *
 * @param spots prices
 * @param chains option chains
 */
record Polls(Optional<Source<PollEvent, ?, ?>> spots, Optional<Source<PollEvent, ?, ?>> chains) {

    /**
     * @param time by which is asked
     */
    static Polls of(PipelineSettings settings, PollTime time) {
        return settings.live()
                .map(live -> new Polls(spots(live, time), chains(settings, live, time)))
                .orElseGet(() -> new Polls(Optional.empty(), Optional.empty()));
    }

    private static Optional<Source<PollEvent, ?, ?>> spots(LiveFeedSettings live, PollTime time) {
        List<String> symbols = live.polls().spotSymbols();
        return symbols.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        SpotSource.builder()
                                .restUrl(live.polls().url())
                                .apiKey(Feeds.apiKey(live))
                                .symbols(symbols)
                                .interval(live.polls().spotInterval())
                                .time(time)
                                .build());
    }

    private static Optional<Source<PollEvent, ?, ?>> chains(
            PipelineSettings settings, LiveFeedSettings live, PollTime time) {
        List<String> underlyings = settings.context().underlyings().stream().sorted().toList();
        return underlyings.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        ChainSource.builder()
                                .restUrl(live.polls().url())
                                .apiKey(Feeds.apiKey(live))
                                .underlyings(underlyings)
                                .interval(settings.context().chainInterval())
                                .expirations(settings.context().expirations())
                                .rangeMultiplier(settings.context().rangeMultiplier())
                                .time(time)
                                .build());
    }

    boolean areNone() {
        return spots.isEmpty() && chains.isEmpty();
    }
}
