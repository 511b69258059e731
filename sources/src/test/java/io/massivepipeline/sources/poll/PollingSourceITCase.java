package io.massivepipeline.sources.poll;

import io.massivepipeline.fixtures.provider.rest.Endpoint;
import io.massivepipeline.fixtures.provider.rest.RestFault;
import io.massivepipeline.sources.poll.chain.ChainSource;
import io.massivepipeline.sources.poll.spot.SpotSource;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Pollers of the stand-in on a real cluster. */
class PollingSourceITCase {

    private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .setConfiguration(METRICS.addToConfiguration(new Configuration()))
                            .build());

    /** What came behind the source: the attempt, and the event. */
    private static final Queue<Seen> SEEN = new ConcurrentLinkedQueue<>();

    /** The watermark behind the polls, as of each event. */
    private static final Queue<Long> WATERMARKS = new ConcurrentLinkedQueue<>();

    /** How many attempts of the job are to fail behind their first checkpoint. */
    private static final AtomicInteger FAILURES = new AtomicInteger();

    /** Whose time the pollers go by. */
    private static final AtomicReference<Rest> NOW = new AtomicReference<>();

    private final Rest rest = new Rest();

    private record Seen(int attempt, PollEvent event) {}

    @BeforeEach
    void forget() {
        SEEN.clear();
        WATERMARKS.clear();
        FAILURES.set(0);
    }

    @AfterEach
    void close() {
        rest.close();
    }

    @Test
    void handsOnTheLastAnswerAfterAFailureThoughTheProviderIsGone() throws Exception {
        // Given prices and chains that were answered
        JobClient job = start(spots(), chains());
        patiently().until(() -> count(0, false) > 0 && count(0, true) > 0);

        // When the provider goes, and then the job fails behind a checkpoint
        rest.provider().stop();
        FAILURES.set(1);
        patiently().until(() -> SEEN.stream().anyMatch(seen -> seen.attempt() == 1));

        // Then what was answered is there again, as it was
        patiently().until(() -> count(1, false) > 0 && count(1, true) > 0);
        assertThat(last(1, true)).isEqualTo(last(0, true));
        assertThat(last(1, false)).isEqualTo(last(0, false));

        // When the provider is back, then it goes on
        rest.time().advance(Duration.ofSeconds(30));
        rest.provider().restart();
        patiently().until(() -> last(1, false).polledAt() > last(0, false).polledAt());
        patiently().until(() -> last(1, true).polledAt() > last(0, true).polledAt());
        job.cancel().get();
        assertNoThreads();
    }

    @Test
    void neverHoldsBackEventTime() throws Exception {
        // Given a feed whose event time has come to its end, beside polls
        StreamExecutionEnvironment env = environment();
        DataStream<Long> feed =
                env.fromSource(
                                new NumberSequenceSource(1, 10),
                                WatermarkStrategy.<Long>forMonotonousTimestamps()
                                        .withTimestampAssigner((number, before) -> number),
                                "feed")
                        .uid("feed");
        env.fromSource(spots(), WatermarkStrategy.noWatermarks(), "spot")
                .uid("spot")
                .setParallelism(1)
                .map(event -> 0L)
                .uid("zero")
                .union(feed)
                .process(new Watermarks())
                .uid("watermarks")
                .sinkTo(new DiscardingSink<>())
                .uid("end");

        // When polls go on
        JobClient job = env.executeAsync();

        // Then event time is at that end, though a poll is never at one
        patiently().until(() -> WATERMARKS.contains(Long.MAX_VALUE));
        job.cancel().get();
    }

    @Test
    void tellsHowItFares() throws Exception {
        // Given two refusals, which pass
        rest.faults().next(Endpoint.SNAPSHOT, 2, RestFault.tooManyRequests(Duration.ZERO));

        // When prices are asked for
        JobClient job = start(spots());
        patiently().until(() -> statistics() != null && statistics().runs() >= 3);

        // Then it says so, in the stream and as metrics
        assertThat(statistics().kind()).isEqualTo(PollKind.SPOT);
        assertThat(statistics().rateLimited()).isEqualTo(2);
        assertThat(statistics().errors()).isZero();
        assertThat(statistics().pages()).isEqualTo(statistics().runs());
        assertThat(statistics().contracts()).isEqualTo(5);
        assertThat(statistics().lastTs()).isEqualTo(Rest.AFTERNOON.toEpochMilli());
        assertThat(statistics().latencyP99Ms())
                .isGreaterThanOrEqualTo(statistics().latencyLastMs() / 2);
        assertThat(metric(job.getJobID(), "poll.rateLimited")).isEqualTo(2L);
        assertThat(metric(job.getJobID(), "poll.contracts")).isEqualTo(5L);
        job.cancel().get();
    }

    @Test
    void goesOnCountingAfterAFailure() throws Exception {
        // Given chains and prices that were asked for some times, and a refusal
        rest.faults().next(Endpoint.CHAIN, 1, RestFault.tooManyRequests(Duration.ZERO));
        JobClient job = start(spots(), chains());
        patiently().until(() -> runs(0, PollKind.SPOT) >= 5 && runs(0, PollKind.CHAIN) >= 5);

        // When the job fails behind a checkpoint
        FAILURES.set(1);

        // Then what it counted by then is said again, and counted on
        patiently().until(() -> runs(1, PollKind.SPOT) >= 0 && runs(1, PollKind.CHAIN) >= 0);
        PollStatistics first = counted(1, PollKind.CHAIN).get(0);
        assertThat(counted(0, PollKind.CHAIN)).contains(first);
        assertThat(counted(0, PollKind.SPOT)).contains(counted(1, PollKind.SPOT).get(0));
        assertThat(first.rateLimited()).isOne();
        patiently().until(() -> runs(1, PollKind.CHAIN) >= first.runs() + 2);
        PollStatistics then = counted(1, PollKind.CHAIN).get(2);
        assertThat(then.runs()).isEqualTo(first.runs() + 2);
        assertThat(then.rateLimited()).isOne();
        assertThat(then.pages()).isGreaterThan(first.pages());
        assertThat(then.contracts()).isEqualTo(first.contracts());
        job.cancel().get();
    }

    private static List<PollStatistics> counted(int attempt, PollKind kind) {
        return SEEN.stream()
                .filter(seen -> seen.attempt() == attempt && seen.event().statistics() != null)
                .map(seen -> seen.event().statistics())
                .filter(statistics -> statistics.kind() == kind)
                .toList();
    }

    /** The newest number of rounds, -1 if none was said. */
    private static long runs(int attempt, PollKind kind) {
        return counted(attempt, kind).stream().mapToLong(PollStatistics::runs).max().orElse(-1);
    }

    @Test
    void failsForGoodWithAWrongKey() throws Exception {
        // Given a job that may restart for ever
        rest.faults().always(Endpoint.SNAPSHOT, RestFault.unknownKey());
        JobClient job = start(spots());

        // Then it does not, and says why
        assertThatThrownBy(() -> job.getJobExecutionResult().get())
                .isInstanceOf(ExecutionException.class)
                .satisfies(
                        e ->
                                assertThat(e)
                                        .hasStackTraceContaining(
                                                "refuses the API key, 401: Unknown API Key"));
        assertThat(rest.asked(Endpoint.SNAPSHOT)).hasSize(1);
        assertNoThreads();
    }

    private Source<PollEvent, ?, ?> spots() {
        return SpotSource.builder()
                .restUrl(rest.provider().uri())
                .apiKey(() -> Rest.KEY)
                .interval(Duration.ofMillis(50))
                .requestsPerSecond(1000)
                .time(time())
                .build();
    }

    private Source<PollEvent, ?, ?> chains() {
        return ChainSource.builder()
                .restUrl(rest.provider().uri())
                .apiKey(() -> Rest.KEY)
                .underlyings(List.of("SPX"))
                .expirations(1)
                .interval(Duration.ofMillis(100))
                .requestsPerSecond(1000)
                .time(time())
                .build();
    }

    /** The market's time, which a poller finds again where it runs: in this process. */
    private PollTime time() {
        NOW.set(rest);
        return PollTime.with(new MarketTime());
    }

    private static final class MarketTime extends Clock implements Serializable {

        private static final long serialVersionUID = 1L;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("Only in UTC");
        }

        @Override
        public Instant instant() {
            return NOW.get().time().instant();
        }
    }

    @SafeVarargs
    private static JobClient start(Source<PollEvent, ?, ?>... sources) throws Exception {
        StreamExecutionEnvironment env = environment();
        List<DataStream<PollEvent>> polls = new ArrayList<>();
        for (Source<PollEvent, ?, ?> source : sources) {
            String name = "poll-" + polls.size();
            polls.add(
                    env.fromSource(source, WatermarkStrategy.noWatermarks(), name)
                            .uid(name)
                            .setParallelism(1));
        }
        polls.stream()
                .reduce(DataStream::union)
                .orElseThrow()
                .map(new Sees())
                .uid("sees")
                .setParallelism(1)
                .sinkTo(new DiscardingSink<>())
                .uid("end");
        return env.executeAsync();
    }

    private static StreamExecutionEnvironment environment() {
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        return StreamExecutionEnvironment.getExecutionEnvironment(settings);
    }

    private static List<ContextAnswer> answers(int attempt, boolean chain) {
        return SEEN.stream()
                .filter(seen -> seen.attempt() == attempt && seen.event().answer() != null)
                .map(seen -> seen.event().answer())
                .filter(answer -> (answer.chain() != null) == chain)
                .toList();
    }

    private static int count(int attempt, boolean chain) {
        return answers(attempt, chain).size();
    }

    private static ContextAnswer last(int attempt, boolean chain) {
        List<ContextAnswer> answers = answers(attempt, chain);
        return answers.get(answers.size() - 1);
    }

    private static PollStatistics statistics() {
        PollStatistics newest = null;
        for (Seen seen : SEEN) {
            newest = seen.event().statistics() != null ? seen.event().statistics() : newest;
        }
        return newest;
    }

    private static Object metric(JobID job, String name) {
        return ((Gauge<?>) METRICS.findMetrics(job, name).values().iterator().next()).getValue();
    }

    /** Long enough for a busy machine. */
    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(1));
    }

    private static void assertNoThreads() {
        patiently()
                .untilAsserted(
                        () ->
                                assertThat(Thread.getAllStackTraces().keySet())
                                        .extracting(Thread::getName)
                                        .doesNotContain("massive-poll", "massive-rest"));
    }

    /** Puts down what it sees, and fails when it is told to, behind a checkpoint. */
    private static final class Sees extends RichMapFunction<PollEvent, PollEvent>
            implements CheckpointListener {

        private static final long serialVersionUID = 1L;

        private transient int attempt;

        @Override
        public void open(OpenContext context) {
            attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
        }

        @Override
        public PollEvent map(PollEvent event) {
            SEEN.add(new Seen(attempt, event));
            return event;
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            if (FAILURES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("told to fail");
            }
        }
    }

    /** Puts down the watermark at each event. */
    private static final class Watermarks extends ProcessFunction<Long, Long> {

        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Long event, Context context, Collector<Long> out) {
            WATERMARKS.add(context.timerService().currentWatermark());
        }
    }
}
