package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.ContextLine;
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
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Replays feeds on a real cluster. */
class ReplaySourceITCase {

    private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .setConfiguration(METRICS.addToConfiguration(new Configuration()))
                            .build());

    private static final AtomicInteger FAILURES = new AtomicInteger();

    private static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();

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
        // Given a feed of about 40 000 frames in three segments, which took four seconds
        int frames = 39_999;
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

    @Test
    void handsOnContextBetweenTheSameFramesAcrossFailures() throws Exception {
        // Given a feed of about 20 000 frames in two segments, and context ten times a second of it
        int frames = 20_000;
        List<String> lines =
                IntStream.range(0, frames).mapToObj(i -> i / 10 + "\t[" + i + "]").toList();
        Path feed = Files.createDirectories(folder.resolve("feed"));
        Files.write(feed.resolve("1"), lines.subList(0, frames / 3));
        Files.write(feed.resolve("2"), lines.subList(frames / 3, frames));
        Path context =
                Files.write(
                        folder.resolve("context"),
                        IntStream.range(0, 40).mapToObj(i -> i * 100 + "\t{" + i + "}").toList());
        ReplaySource source = ReplaySource.of(feed).withContext(context);
        List<String> undisturbed = replay(source, 1, event -> event);

        // When the job fails several times while it is replayed
        FAILURES.set(0);
        List<String> events = replay(source.atSpeed(1), 1, new FailsThreeTimes());

        // Then all is there once, in the order of a replay without failures
        assertThat(FAILURES).hasValue(3);
        assertThat(undisturbed).hasSize(frames + 40);
        assertThat(events).containsExactlyElementsOf(undisturbed);
        assertThat(events.subList(0, 11)).allMatch(event -> event.startsWith("context"));
        assertThat(events.get(frames + 39)).isEqualTo("context 3900:{39}");
    }

    @Test
    void goesOnFromASavepointWithAnotherParallelism() throws Exception {
        // Given a feed that takes an hour, less a bit, of which a second passed
        List<String> lines = IntStream.range(0, 5_000).mapToObj(i -> i + "\t[" + i + "]").toList();
        Path feed = Files.write(folder.resolve("feed"), lines);
        Files.writeString(feed, "3500000\t[5000]\n", StandardOpenOption.APPEND);
        SEEN.clear();
        JobClient first = start(ReplaySource.of(feed).atSpeed(1), 1, Optional.empty());
        await().until(() -> SEEN.size() > 1000);

        // When it is stopped with a savepoint and started again, twice as parallel
        String savepoint =
                first.stopWithSavepoint(
                                false,
                                folder.resolve("savepoints").toString(),
                                SavepointFormatType.CANONICAL)
                        .get();
        int before = SEEN.size();
        assertThat(before).isLessThan(5_000);
        JobClient second = start(ReplaySource.of(feed).atSpeed(0), 2, Optional.of(savepoint));
        second.getJobExecutionResult().get();

        // Then each event was seen once, in order
        assertThat(SEEN)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(0, 5_000)
                                .mapToObj(
                                        i -> i + ":" + (i < 5_000 ? i : 3_500_000) + ":[" + i + "]")
                                .toList());
    }

    @Test
    void tellsHowFarItIs() throws Exception {
        // Given a packed feed in two segments
        String text = "1000\t[]\n2000\t\n".repeat(3_000);
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("1.gz")))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(folder.resolve("2"), text);

        // When it was replayed
        JobClient job = start(ReplaySource.of(folder), 1, Optional.empty());
        job.getJobExecutionResult().get();

        // Then its metrics say so, in bytes of the files
        long bytes = Files.size(folder.resolve("1.gz")) + Files.size(folder.resolve("2"));
        assertThat(metric(job, "frames")).isEqualTo(6_000L);
        assertThat(metric(job, "ticks")).isEqualTo(6_000L);
        assertThat(metric(job, "bytesRead")).isEqualTo(bytes);
        assertThat(metric(job, "bytesTotal")).isEqualTo(bytes);
    }

    private static Object metric(JobClient job, String name) {
        Metric metric =
                METRICS.findMetrics(job.getJobID(), "feed." + name).values().iterator().next();
        return metric instanceof Counter counter
                ? counter.getCount()
                : ((Gauge<?>) metric).getValue();
    }

    /** Starts a job that puts down what it sees. */
    private static JobClient start(ReplaySource source, int parallelism, Optional<String> savepoint)
            throws Exception {
        Configuration settings = new Configuration();
        savepoint.ifPresent(path -> settings.set(StateRecoveryOptions.SAVEPOINT_PATH, path));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.setParallelism(parallelism);
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "feed")
                .uid("feed")
                .map(event -> SEEN.add(describe(event)))
                .uid("seen")
                .sinkTo(new DiscardingSink<>())
                .uid("end");
        return env.executeAsync();
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
        if (event instanceof ContextLine line) {
            return "context "
                    + line.at()
                    + ":"
                    + new String(line.payload(), StandardCharsets.UTF_8);
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
            if (attempt < 3 && checkpointed && seen > 100) {
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
