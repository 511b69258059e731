package io.massivepipeline.job;

import io.massivepipeline.job.options.PipelineSettings;
import io.massivepipeline.job.output.RedisOutputs;
import io.massivepipeline.sources.poll.PollTime;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.Map;
import java.util.Set;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

class SideTrafficTest {

    /** What an operator has to which nobody said anything: that of the job. */
    private static final long THAT_OF_THE_JOB = -1;

    @Test
    void liveItWaitsLongerThanTradesDo() {
        assertThat(timeoutIn(FlinkDefaults.environment(new Configuration(), true))).isEqualTo(25);
    }

    @Test
    void inAReplayItWaitsAsTradesDo() {
        assertThat(timeoutIn(FlinkDefaults.environment(new Configuration(), false)))
                .isEqualTo(THAT_OF_THE_JOB);
    }

    @Test
    void whatTheUserSetsHigherOrOffIsLeft() {
        assertThat(timeoutWith("execution.buffer-timeout.interval", "60 ms"))
                .isEqualTo(THAT_OF_THE_JOB);
        assertThat(timeoutWith("execution.buffer-timeout.enabled", "false"))
                .isEqualTo(THAT_OF_THE_JOB);
    }

    @Test
    void tradesThemselvesAreNotOfIt() {
        // Given the job as it is live, with several subtasks to which trades have to get
        Configuration given =
                Configuration.fromMap(
                        Map.of(
                                "source", "replay",
                                "feed", "../fixtures/ws-feed.txt",
                                "context", "../fixtures/context.txt.gz",
                                "parallelism.default", "2"));
        PipelineSettings settings = PipelineSettings.from(given);
        StreamExecutionEnvironment env = FlinkDefaults.environment(given, true);

        // When its graph is built
        new Pipeline(settings)
                .build(
                        env,
                        Feeds.of(settings, Clock.systemUTC()),
                        Polls.of(settings, PollTime.system()),
                        new RedisOutputs(settings, Clock.systemUTC()));

        // Then what is beside the trades waits, and nothing else
        Map<Long, Set<String>> byTimeout =
                env.getStreamGraph().getStreamNodes().stream()
                        .collect(
                                groupingBy(
                                        StreamNode::getBufferTimeout,
                                        mapping(StreamNode::getTransformationUID, toSet())));
        assertThat(byTimeout).containsOnlyKeys(5L, 25L);
        assertThat(byTimeout.get(25L))
                .containsExactlyInAnyOrder(
                        OperatorIds.AGGREGATE_CUTS,
                        OperatorIds.ANALYSE_EXPIRIES,
                        OperatorIds.COUNT_SECONDS,
                        OperatorIds.COUNT_TRADES);
    }

    private static long timeoutWith(String option, String value) {
        Configuration given = Configuration.fromMap(Map.of(option, value));
        return timeoutIn(FlinkDefaults.environment(given, true));
    }

    private static long timeoutIn(StreamExecutionEnvironment env) {
        SingleOutputStreamOperator<Long> operator = env.fromSequence(1, 2).map(number -> number);
        return SideTraffic.of(operator).getTransformation().getBufferTimeout();
    }
}
