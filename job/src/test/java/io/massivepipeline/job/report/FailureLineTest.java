package io.massivepipeline.job.report;

import io.massivepipeline.job.options.UsageException;

import org.apache.flink.util.FlinkException;
import org.apache.flink.util.SerializedThrowable;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import static org.assertj.core.api.Assertions.assertThat;

class FailureLineTest {

    @Test
    void saysWhatThisProgramHasToSay() {
        Throwable failure =
                new ExecutionException(
                        new FlinkException(
                                "Job execution failed.",
                                new UsageException(
                                        "--feed: gone", new IllegalStateException("inner"))));

        assertThat(FailureLine.of(failure)).isEqualTo("--feed: gone");
    }

    @Test
    void saysWhyOfWhatOthersHaveWrappedUp() {
        // As Flink wraps a state backend that does not exist
        Throwable failure =
                new ExecutionException(
                        new RuntimeException(
                                new FlinkException(
                                        "Could not start the JobMaster.",
                                        new CompletionException(
                                                new RuntimeException(
                                                        new ClassNotFoundException("foo"))))));

        assertThat(FailureLine.of(failure)).isEqualTo("foo");
    }

    @Test
    void readsWhatCameOverTheNetwork() {
        Throwable failure =
                new FlinkException(
                        "Job execution failed.",
                        new SerializedThrowable(new IllegalStateException("No rights.\nAt all.")));

        assertThat(FailureLine.of(failure)).isEqualTo("No rights.");
    }

    @Test
    void namesAFailureThatSaysNothing() {
        assertThat(FailureLine.of(new IllegalStateException())).isEqualTo("IllegalStateException");
    }
}
