package io.massivepipeline.job.analytics;

import io.massivepipeline.job.options.UnderlyingFilter;
import io.massivepipeline.job.structure.TradeBatch;

import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Set;

import static io.massivepipeline.job.analytics.TestTrades.CALL;
import static io.massivepipeline.job.analytics.TestTrades.batch;
import static io.massivepipeline.job.analytics.TestTrades.trade;
import static org.assertj.core.api.Assertions.assertThat;

class CountTradesTest {

    private static final long NOON = TestTrades.newYork("2025-12-22T12:00:00");

    private OneInputStreamOperatorTestHarness<TradeBatch, JobCounts> count;

    @BeforeEach
    void open() throws Exception {
        count =
                new OneInputStreamOperatorTestHarness<>(
                        new CountTrades(
                                new UnderlyingFilter(false, Set.of("SPX")), Duration.ofSeconds(1)));
        count.open();
    }

    @AfterEach
    void close() throws Exception {
        count.close();
    }

    @Test
    void handsOnASumOnceAnInterval() throws Exception {
        count.processElement(new StreamRecord<>(batch(trade(NOON, CALL, 4))));
        count.processElement(new StreamRecord<>(batch(trade(NOON + 1, CALL, 5))));
        assertThat(count.extractOutputValues()).isEmpty();

        count.setProcessingTime(1000);

        assertThat(count.extractOutputValues())
                .singleElement()
                .satisfies(counts -> assertThat(counts.trades().volume()).isEqualTo(9));
    }

    /** It has no state: what was not handed on would be gone with a failure. */
    @Test
    void handsOnWhatItHasBeforeACheckpoint() throws Exception {
        count.processElement(new StreamRecord<>(batch(trade(NOON, CALL, 4))));

        count.prepareSnapshotPreBarrier(1);

        assertThat(count.extractOutputValues())
                .singleElement()
                .satisfies(counts -> assertThat(counts.trades().volume()).isEqualTo(4));
    }
}
