package io.massivepipeline.sources.live;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The names that dashboards depend on. */
class LiveMetricsTest {

    private final MetricListener listener = new MetricListener();
    private final Progress progress = new Progress();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connected",
                "reconnects",
                "subscriptions",
                "gaps",
                "gapMs",
                "frames",
                "bytes",
                "journalFrames",
                "journalBytes",
                "journalLagFrames",
                "journalGivenUp",
                "journalFailures"
            })
    void areThereBeforeTheFeedIs(String name) {
        metrics();

        assertThat(gauge(name).getValue()).isEqualTo(0L);
    }

    @Test
    void countGaps() {
        metrics();

        progress.gap(1_500);
        progress.gap(500);

        assertThat(gauge("gaps").getValue()).isEqualTo(2L);
        assertThat(gauge("gapMs").getValue()).isEqualTo(2_000L);
    }

    private void metrics() {
        new LiveMetrics(InternalSourceReaderMetricGroup.mock(listener.getMetricGroup()), progress);
    }

    private Gauge<Object> gauge(String name) {
        return listener.getGauge("live", name).orElseThrow();
    }
}
