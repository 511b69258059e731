package io.massivepipeline.job.options;

import org.apache.flink.configuration.Configuration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PipelineSettingsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    source             | sideways     | Bad value 'sideways' for --source; for example live.
                    order.delay        | soon         | Bad value 'soon' for --order.delay; for example 100 ms.
                    order.delay        | -5 ms        | Bad value '-5 ms' for --order.delay; for example 100 ms.
                    replay.speed       | fast         | Bad value 'fast' for --replay.speed; for example 0.0.
                    replay.speed       | -1           | --replay.speed must be 0 or a factor.
                    trades.max-length  | 0            | --trades.max-length must be at least 1.
                    trades.max-length  | many         | Bad value 'many' for --trades.max-length; for example 100000.
                    redis.min-replicas | -1           | --redis.min-replicas must not be negative.
                    """)
    void refusesWhatMakesNoSense(String option, String value, String message) {
        assertThatThrownBy(() -> PipelineSettings.from(with(option, value)))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    @Test
    void aReplayNeedsAFeed() {
        assertThatThrownBy(
                        () ->
                                PipelineSettings.from(
                                        Configuration.fromMap(Map.of("source", "replay"))))
                .isInstanceOf(UsageException.class)
                .hasMessage("--source replay needs --feed FILE, the captured feed.");
    }

    @Test
    void aPasswordInTheAddressIsRefusedAndNotRepeated() {
        assertThatThrownBy(
                        () -> PipelineSettings.from(with("redis.uri", "redis://:s3cret@localhost")))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--redis.uri: ")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void underlyingsAreAllOrNamed() {
        assertThat(filter("*").accepts("GME")).isTrue();
        assertThat(filter("SPX, NDX").accepts("NDX")).isTrue();
        assertThat(filter("SPX, NDX").accepts("NDXP")).isFalse();
    }

    private static UnderlyingFilter filter(String text) {
        return PipelineSettings.from(with("trades.underlyings", text)).trades().underlyings();
    }

    private static Configuration with(String option, String value) {
        Map<String, String> options = new HashMap<>(Map.of("source", "replay", "feed", "f.txt"));
        options.put(option, value);
        return Configuration.fromMap(options);
    }
}
