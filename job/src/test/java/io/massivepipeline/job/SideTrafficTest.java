package io.massivepipeline.job;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import org.junit.jupiter.api.Test;

import java.util.Map;

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

    private static long timeoutWith(String option, String value) {
        Configuration given = Configuration.fromMap(Map.of(option, value));
        return timeoutIn(FlinkDefaults.environment(given, true));
    }

    private static long timeoutIn(StreamExecutionEnvironment env) {
        SingleOutputStreamOperator<Long> operator = env.fromSequence(1, 2).map(number -> number);
        return SideTraffic.of(operator).getTransformation().getBufferTimeout();
    }
}
