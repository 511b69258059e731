package io.massivepipeline.sources.live;

import io.massivepipeline.sources.live.protocol.State;

import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

import java.util.function.ToLongFunction;

/**
 * The metrics of the live source, in the group {@code live} of the source operator:
 *
 * <table>
 *   <caption>Metrics</caption>
 *   <tr><td>{@code live.state}</td><td>where the connection stands</td></tr>
 *   <tr><td>{@code live.stateCode}</td><td>the same as a number: 0 waiting, 1 connecting, 2
 *       authenticating, 3 subscribing, 4 streaming, 5 stopped</td></tr>
 *   <tr><td>{@code live.connected}</td><td>1 while the feed is heard</td></tr>
 *   <tr><td>{@code live.reconnects}</td><td>connections lost and made again</td></tr>
 *   <tr><td>{@code live.subscriptions}</td><td>channels that the provider confirmed</td></tr>
 *   <tr><td>{@code live.gaps}, {@code live.gapMs}</td><td>intervals without the feed</td></tr>
 *   <tr><td>{@code live.frames}, {@code live.bytes}</td><td>received from the socket</td></tr>
 *   <tr><td>{@code live.journalFrames}, {@code live.journalBytes}</td><td>held on disk</td></tr>
 *   <tr><td>{@code live.journalLagFrames}</td><td>received and not handed on yet</td></tr>
 *   <tr><td>{@code live.journalGivenUp}</td><td>removed because the journal was full</td></tr>
 *   <tr><td>{@code live.journalFailures}</td><td>writes that failed</td></tr>
 * </table>
 *
 * Flink's own {@code pendingRecords} is the lag too. Gaps, reconnects, frames and bytes count from
 * the start of the task.
 */
final class LiveMetrics {

    private final Progress progress;
    private volatile LiveFeed feed;

    LiveMetrics(SourceReaderMetricGroup parent, Progress progress) {
        this.progress = progress;
        MetricGroup group = parent.addGroup("live");
        group.gauge("state", () -> feed == null ? "" : feed.state().name());
        group.gauge("stateCode", () -> of(f -> code(f.state())));
        group.gauge("connected", () -> of(f -> f.lastStatus().connected() ? 1 : 0));
        group.gauge("reconnects", () -> of(f -> f.lastStatus().reconnects()));
        group.gauge("subscriptions", () -> of(f -> f.lastStatus().subscriptions()));
        group.gauge("gaps", this.progress::gaps);
        group.gauge("gapMs", this.progress::gapMs);
        group.gauge("frames", () -> of(f -> f.recording().frames()));
        group.gauge("bytes", () -> of(f -> f.recording().bytes()));
        group.gauge("journalFrames", () -> of(f -> f.journal().frames()));
        group.gauge("journalBytes", () -> of(f -> f.journal().bytes()));
        group.gauge("journalLagFrames", () -> of(LiveFeed::lag));
        group.gauge("journalGivenUp", () -> of(f -> f.journal().givenUp()));
        group.gauge("journalFailures", () -> of(f -> f.journal().failures()));
        parent.setPendingRecordsGauge(() -> of(LiveFeed::lag));
    }

    /** From now on these are the metrics of that feed. */
    void of(LiveFeed present) {
        feed = present;
    }

    private static long code(State state) {
        return switch (state) {
            case WAITING -> 0;
            case CONNECTING -> 1;
            case AUTHENTICATING -> 2;
            case SUBSCRIBING -> 3;
            case STREAMING -> 4;
            case STOPPED -> 5;
        };
    }

    private long of(ToLongFunction<LiveFeed> value) {
        LiveFeed present = feed;
        return present == null ? 0 : value.applyAsLong(present);
    }
}
