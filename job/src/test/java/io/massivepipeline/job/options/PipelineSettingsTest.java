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
                    order.delay        | 36526 d      | --order.delay must not be longer than 36525 days.
                    dedup.horizon      | 106751991167 d | --dedup.horizon must not be longer than 36525 days.
                    replay.speed       | fast         | Bad value 'fast' for --replay.speed; for example 0.0.
                    replay.speed       | -1           | --replay.speed must be 0 or a factor.
                    trades.max-length  | 0            | --trades.max-length must be at least 1.
                    trades.max-length  | many         | Bad value 'many' for --trades.max-length; for example 100000.
                    redis.min-replicas | -1           | --redis.min-replicas must not be negative.
                    capture-context    | c.txt        | --capture-context belongs to --source live; a replay asks for nothing.
                    underlyings        | *            | --underlyings must be names such as SPX,NDX: chains are listed by name.
                    underlyings        | I:SPX        | --underlyings must be names such as SPX,NDX: chains are listed by name.
                    chain.interval     | 0 s          | --chain.interval must be longer than 0.
                    chain.expirations  | 0            | --chain.expirations must be from 1 to 50.
                    chain.range-multiplier | 0        | --chain.range-multiplier must be above 0.
                    chain.range-multiplier | NaN      | --chain.range-multiplier must be above 0.
                    """)
    void refusesWhatMakesNoSense(String option, String value, String message) {
        assertThatThrownBy(() -> PipelineSettings.from(with(option, value)))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    subscription           | SPX              | --subscription must be firehose, targeted or a list of channels such as T.O:SPXW251223P06870000, separated by commas.
                    subscription           | ,                | --subscription must be firehose, targeted or a list of channels such as T.O:SPXW251223P06870000, separated by commas.
                    ws.url                 | http://localhost | --ws.url must be a ws:// or wss:// address with a host.
                    ws.url                 | somewhere        | --ws.url must be a ws:// or wss:// address with a host.
                    ws.url                 | wss://host/options?apiKey=k | --ws.url must have no user and no query: it is shown in logs, and the API key is sent in a message.
                    ws.url                 | wss://k@host/options | --ws.url must have no user and no query: it is shown in logs, and the API key is sent in a message.
                    ws.reconnect-delay     | 0 s              | --ws.reconnect-delay must be longer than 0.
                    ws.reconnect-delay     | 5 min            | --ws.reconnect-delay must not be longer than --ws.reconnect-delay-max.
                    ws.silence-timeout     | soon             | Bad value 'soon' for --ws.silence-timeout; for example 30 s.
                    subscription.max-channels | 0             | --subscription.max-channels must be at least 1.
                    rest.url               | wss://host       | --rest.url must be an http:// or https:// address with a host and with no user and no query: it is shown in logs, and the API key is sent in a header.
                    rest.url               | https://host/?apiKey=k | --rest.url must be an http:// or https:// address with a host and with no user and no query: it is shown in logs, and the API key is sent in a header.
                    spot.symbols           | I:SPX;I:NDX      | --spot.symbols must be the provider's symbols, such as I:SPX,I:VIX,SPY.
                    spot.interval          | 0 s              | --spot.interval must be longer than 0.
                    context                | c.txt            | --context belongs to --source replay; a live run asks the provider.
                    journal.max-size       | 10 kb            | --journal.max-size must be at least 1 mb.
                    journal.max-size       | big              | Bad value 'big' for --journal.max-size; for example 8 gb.
                    fresh                  | maybe            | Bad value 'maybe' for --fresh; for example false.
                    """)
    void refusesALiveRunThatMakesNoSense(String option, String value, String message) {
        Configuration options = Configuration.fromMap(Map.of("source", "live", option, value));

        assertThatThrownBy(() -> PipelineSettings.from(options))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    @Test
    void aLiveRunListensToTheWholeMarketUnlessToldOtherwise() {
        assertThat(live(Map.of()).subscription().channels()).containsExactly("T.*");
        assertThat(live(Map.of("subscription", "T.O:A, T.O:B")).subscription().channels())
                .containsExactlyInAnyOrder("T.O:A", "T.O:B");
        assertThat(live(Map.of("journal.max-size", "2 mb")).journal().maxBytes())
                .isEqualTo(2 << 20);
    }

    @Test
    void aTargetedSubscriptionNeedsUnderlyings() {
        assertThat(live(Map.of("subscription", "targeted")).subscription().targeted()).isTrue();
        assertThatThrownBy(() -> live(Map.of("subscription", "targeted", "underlyings", "")))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "--subscription targeted needs --underlyings: of their chains it takes the"
                                + " contracts.");
    }

    @Test
    void aReplayCapturesNothing() {
        assertThatThrownBy(() -> PipelineSettings.from(with("capture", "c.txt")))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "--capture belongs to --source live; a replayed feed is captured already.");
    }

    @Test
    void aLiveRunHasNoReport() {
        assertThatThrownBy(() -> live(Map.of("report", "r.html")))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "--report belongs to --source replay; a live run has no end to report on.");
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

    private static LiveFeedSettings live(Map<String, String> options) {
        return PipelineSettings.from(Configuration.fromMap(options)).live().orElseThrow();
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
