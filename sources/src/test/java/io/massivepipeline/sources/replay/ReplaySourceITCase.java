package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.feed.Tick;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Replays feeds on a real cluster. */
class ReplaySourceITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final AtomicInteger FAILURES = new AtomicInteger();

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void handsOnEveryEventInOrderWhateverTheParallelism(int parallelism) throws Exception {
        // Given a feed of frames with and without reception time, ticks and blank lines
        Path feed = folder.resolve("feed.txt");
        Files.writeString(feed, "[1]\n\n1000\t[2]\r\n1500\t\n[3]");

        // When it is replayed
        List<String> events = replay(ReplaySource.of(feed), parallelism, event -> event);

        // Then each event came once, in order, and it ended by itself
        assertThat(events).containsExactly("0:[1]", "1:1000:[2]", "2:tick 1500", "3:[3]");
    }

    @Test
    void goesOnExactlyAtTheNextFrameAfterFailures() throws Exception {
        // Given a feed of 15 000 frames in three segments, which took a second and a half
        int frames = 15_000;
        for (int segment = 0; segment < 3; segment++) {
            Files.write(
                    folder.resolve("segment-" + segment),
                    IntStream.range(segment * frames / 3, (segment + 1) * frames / 3)
                            .mapToObj(i -> i / 10 + "\t[" + i + "]")
                            .toList());
        }

        // When the job fails several times while it is replayed
        FAILURES.set(0);
        List<String> events = replay(ReplaySource.of(folder).atSpeed(1), 1, new FailsThreeTimes());

        // Then no frame is missing and none came twice
        assertThat(FAILURES).hasValue(3);
        assertThat(events)
                .containsExactlyElementsOf(
                        IntStream.range(0, frames)
                                .mapToObj(i -> i + ":" + i / 10 + ":[" + i + "]")
                                .toList());
    }

    private static List<String> replay(
            ReplaySource source, int parallelism, MapFunction<FeedEvent, FeedEvent> through)
            throws Exception {
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(20));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.setParallelism(parallelism);
        DataStream<String> events =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "feed")
                        .map(through)
                        .returns(FeedEvent.class)
                        .map(ReplaySourceITCase::describe)
                        .returns(String.class);
        List<String> collected = new ArrayList<>();
        try (CloseableIterator<String> results = events.executeAndCollect()) {
            results.forEachRemaining(collected::add);
        }
        return collected;
    }

    private static String describe(FeedEvent event) {
        if (event instanceof Tick tick) {
            return tick.position() + ":tick " + tick.at();
        }
        RawFrame frame = (RawFrame) event;
        String text = new String(frame.payload(), StandardCharsets.UTF_8);
        return frame.position()
                + ":"
                + (frame.hasReceptionTime() ? frame.receivedAt() + ":" : "")
                + text;
    }

    /** Fails in each of its first three attempts, behind a checkpoint. */
    private static final class FailsThreeTimes extends RichMapFunction<FeedEvent, FeedEvent>
            implements CheckpointListener {

        private static final long serialVersionUID = 1L;

        private transient int attempt;
        private transient boolean checkpointed;
        private transient long seen;

        @Override
        public void open(OpenContext context) {
            attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
        }

        @Override
        public FeedEvent map(FeedEvent event) {
            seen++;
            if (attempt < 3 && checkpointed && seen > 2000) {
                FAILURES.incrementAndGet();
                throw new IllegalStateException("Failure " + attempt + " after " + seen);
            }
            return event;
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            checkpointed = true;
        }
    }
}
