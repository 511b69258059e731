package io.massivepipeline.job;

import io.massivepipeline.job.options.PipelineSettings;
import io.massivepipeline.job.output.RedisOutputs;
import io.massivepipeline.sources.poll.PollTime;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Clock;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Where the answers of all pollers meet, and what is known of all of them is state. */
class ContextGraphTest {

    /** Flink would deal that state out to several subtasks, each to answers of its own. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 2})
    void selectsInOneSubtaskWhateverTheParallelism(int parallelism) {
        Configuration given =
                Configuration.fromMap(
                        Map.of(
                                "source", "replay",
                                "feed", "../fixtures/ws-feed.txt",
                                "context", "../fixtures/context.txt.gz",
                                "underlyings", "SPX,NDX,SPY",
                                "parallelism.default", Integer.toString(parallelism)));
        PipelineSettings settings = PipelineSettings.from(given);
        StreamExecutionEnvironment env = FlinkDefaults.environment(given, !settings.isFastReplay());
        PollTime time = PollTime.system();

        new Pipeline(settings)
                .build(
                        env,
                        Feeds.of(settings, time.clock()),
                        Polls.of(settings, time),
                        new RedisOutputs(settings, Clock.systemUTC()));

        assertThat(env.getParallelism()).isEqualTo(parallelism);
        assertThat(env.getStreamGraph().getStreamNodes())
                .filteredOn(node -> OperatorIds.SELECT_CONTEXT.equals(node.getTransformationUID()))
                .extracting(StreamNode::getParallelism)
                .containsExactly(1);
    }
}
