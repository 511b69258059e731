package io.massivepipeline.job.context;

import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sources.calendar.ExpiryDate;

import org.apache.flink.api.common.state.BroadcastState;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Keeps what is broadcast, by time, as long as a cut may need it.
 *
 * <p>What is superseded is given up by the times of broadcast elements alone, once it is superseded
 * for longer than {@link #HORIZON}: then every subtask holds the same. Only a subtask that is
 * behind by more than that (in a replay context runs ahead of trades as far as the buffers between
 * operators let it) keeps longer what its cuts may still need, up to {@link #LIMIT}. Subtasks never
 * differ in what a cut still to come will see: at a checkpoint all have the same watermark, so
 * after a rescale the state of any of them will do.
 */
public final class ContextKeeper {

    /** How far behind context a subtask may be without anything being kept for its sake. */
    static final Duration HORIZON = Duration.ofMinutes(1);

    /** How far behind context a cut may be and still see what stood then: bounds the memory. */
    static final Duration LIMIT = Duration.ofMinutes(15);

    /**
     * How long the last selection of an expiry outlives its date: longer than the longest trade
     * date, from Friday 20:00 to Monday 20:00, on which trades of it may still come.
     */
    static final Duration LINGER = Duration.ofDays(4);

    private final BroadcastState<String, List<Spot>> spots;
    private final BroadcastState<String, List<ChainContext>> chains;

    /**
     * @param spots state of {@link ContextState#spots()}
     * @param chains state of {@link ContextState#chains()}
     */
    public ContextKeeper(
            BroadcastState<String, List<Spot>> spots,
            BroadcastState<String, List<ChainContext>> chains) {
        this.spots = spots;
        this.chains = chains;
    }

    /**
     * Takes a broadcast element, which is not older than the one before; of two with the same time
     * the later stands.
     *
     * @param passed no cut at or before this will be taken any more, event time; {@link
     *     Long#MIN_VALUE} while nothing is known of that
     */
    public void add(ContextUpdate update, long passed) throws Exception {
        long now = update.at();
        long neededFrom =
                Math.max(Math.min(now - HORIZON.toMillis(), passed), now - LIMIT.toMillis());
        if (update.spot() != null) {
            add(spots, update.spot().price().symbol(), update.spot(), Spot::at);
            prune(spots, Spot::at, neededFrom);
        } else {
            add(chains, update.chain().stream().text(), update.chain(), ChainContext::at);
            prune(chains, ChainContext::at, neededFrom);
            forget(now);
        }
    }

    private static <T> void add(
            BroadcastState<String, List<T>> state, String name, T version, ToLongFunction<T> time)
            throws Exception {
        state.put(name, Timeline.of(state.get(name), time).with(version).versions());
    }

    private static <T> void prune(
            BroadcastState<String, List<T>> state, ToLongFunction<T> time, long neededFrom)
            throws Exception {
        Map<String, List<T>> shorter = new HashMap<>();
        for (Map.Entry<String, List<T>> entry : state.immutableEntries()) {
            Timeline<T> timeline = Timeline.of(entry.getValue(), time);
            if (timeline.isLongerThanNeeded(neededFrom)) {
                shorter.put(entry.getKey(), timeline.from(neededFrom).versions());
            }
        }
        state.putAll(shorter);
    }

    private void forget(long now) throws Exception {
        List<String> over = new ArrayList<>();
        for (Map.Entry<String, List<ChainContext>> entry : chains.immutableEntries()) {
            long end = ExpiryDate.endOf(StreamKey.parse(entry.getKey()).expiry());
            if (end + LINGER.toMillis() <= now) {
                over.add(entry.getKey());
            }
        }
        for (String stream : over) {
            chains.remove(stream);
        }
    }
}
