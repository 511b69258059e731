package io.massivepipeline.sources.live;

import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.FeedGap;
import io.massivepipeline.sources.feed.FeedStatus;
import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.feed.Tick;

import org.apache.flink.api.common.functions.MapFunction;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands behind a source and remembers what came, by position: what comes again after a failure
 * must be the very same. It can fail, and it can hold the job up.
 */
final class Recorder implements MapFunction<FeedEvent, FeedEvent> {

    private static final long serialVersionUID = 1L;

    /** Milliseconds; a busy machine is slow to read. */
    private static final long ON_THE_WAY = 250;

    private static final Map<String, Tape> TAPES = new ConcurrentHashMap<>();

    private final String name;

    Recorder(String name) {
        this.name = name;
        TAPES.put(name, new Tape());
    }

    static Tape tape(String name) {
        return TAPES.get(name);
    }

    @Override
    public FeedEvent map(FeedEvent event) throws Exception {
        tape(name).record(event);
        return event;
    }

    /** What came. */
    static final class Tape implements Serializable {

        private static final long serialVersionUID = 1L;

        private final transient Map<Long, String> frames = new ConcurrentSkipListMap<>();
        private final transient Map<Long, Long> receptions = new ConcurrentSkipListMap<>();
        private final transient Map<Long, Long> ticks = new ConcurrentSkipListMap<>();
        private final transient Map<Long, FeedGap> gaps = new ConcurrentSkipListMap<>();
        private final transient AtomicInteger failures = new AtomicInteger();
        private final transient List<String> contradictions = new ArrayList<>();
        private transient volatile CountDownLatch hold = new CountDownLatch(0);
        private transient volatile FeedStatus status;

        private void record(FeedEvent event) throws Exception {
            hold.await();
            if (event instanceof RawFrame frame) {
                String text = new String(frame.payload(), StandardCharsets.UTF_8);
                same(frames.put(frame.position(), text), text);
                same(receptions.put(frame.position(), frame.receivedAt()), frame.receivedAt());
            } else if (event instanceof Tick tick) {
                same(ticks.put(tick.position(), tick.at()), tick.at());
            } else if (event instanceof FeedGap gap) {
                gaps.put(gap.to(), gap);
            } else {
                status = (FeedStatus) event;
            }
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("told to fail");
            }
        }

        private void same(Object before, Object now) {
            if (before != null && !before.equals(now)) {
                synchronized (contradictions) {
                    contradictions.add(before + " became " + now);
                }
            }
        }

        /** The next event fails the job. */
        void fail() {
            failures.incrementAndGet();
        }

        void hold() {
            hold = new CountDownLatch(1);
        }

        void release() {
            hold.countDown();
        }

        /** The frames with data, in order. */
        List<String> dataFrames() {
            return frames.values().stream().filter(text -> text.contains("\"ev\":\"T\"")).toList();
        }

        List<String> frames() {
            return List.copyOf(frames.values());
        }

        List<Long> receptions() {
            return List.copyOf(receptions.values());
        }

        List<Long> ticks() {
            return List.copyOf(ticks.values());
        }

        /** Frames and ticks with their times, in order. */
        List<String> replayable() {
            TreeMap<Long, String> events = new TreeMap<>();
            ticks.forEach((position, at) -> events.put(position, "tick " + at));
            frames.forEach(
                    (position, text) ->
                            events.put(position, receptions.get(position) + " " + text));
            return List.copyOf(events.values());
        }

        List<FeedGap> gaps() {
            return List.copyOf(gaps.values());
        }

        /**
         * Whether the feed was not heard then, give or take the time on the way: what was published
         * last before a loss may be heard after what was published first behind it.
         */
        boolean isInGap(long time) {
            return gaps.values().stream()
                    .anyMatch(
                            gap ->
                                    gap.from() - ON_THE_WAY <= time
                                            && time <= gap.to() + ON_THE_WAY);
        }

        FeedStatus status() {
            return status;
        }

        List<String> contradictions() {
            synchronized (contradictions) {
                return List.copyOf(contradictions);
            }
        }

        /** Positions at which nothing came, of all up to the last. */
        long holes() {
            long last = Math.max(last(frames), last(ticks));
            return last + 1 - frames.size() - ticks.size() - gaps.size();
        }

        private static long last(Map<Long, ?> map) {
            return map.keySet().stream().mapToLong(Long::longValue).max().orElse(-1);
        }
    }
}
