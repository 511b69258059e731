package io.massivepipeline.sources.poll.rest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The small parts of a request. */
class RestPartsTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2025-12-22T20:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | PT3S",
                " 0 | PT0S",
                "Mon, 22 Dec 2025 20:00:30 GMT | PT30S",
                "Mon, 22 Dec 2025 19:00:00 GMT | PT0S"
            })
    void readsHowLongToWait(String header, Duration wait) {
        assertThat(RetryAfter.read(header, CLOCK)).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-3", "soon", "1.5", "99999999999999999999"})
    void takesNothingElseForAWait(String header) {
        assertThat(RetryAfter.read(header, CLOCK)).isNull();
        assertThat(RetryAfter.read(null, CLOCK)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.massive.com/v3/x?cursor=1",
                "https://API.massive.com:443/",
                "HTTPS://api.massive.com"
            })
    void trustsItsOwnPlace(String next) {
        assertThat(Origin.of(URI.create("https://api.massive.com")).has(URI.create(next))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.massive.com/v3/x",
                "https://api.massive.com:8443/",
                "https://api.massive.com.evil.com/",
                "https://api.massive.com@evil.com/",
                "https://evil@api.massive.com/",
                "https://evil.com/?https://api.massive.com",
                "//api.massive.com/x",
                "/v3/x",
                "mailto:api.massive.com"
            })
    void trustsNoOther(String next) {
        assertThat(Origin.of(URI.create("https://api.massive.com")).has(URI.create(next)))
                .isFalse();
    }

    @Test
    void writesParametersSoThatTheyAreReadAsTheyAre() {
        RestRequest request =
                RestRequest.to("/v3/x/" + RestRequest.segment("I:S/P X"))
                        .with("a", "I:SPX,SPY")
                        .with("b.gte", "1&c=2");

        assertThat(request.on(URI.create("https://host")))
                .hasToString("https://host/v3/x/I:S%2FP%20X?a=I%3ASPX%2CSPY&b.gte=1%26c%3D2");
        assertThat(request.on(URI.create("http://host:1/base/")).getPath())
                .isEqualTo("/base/v3/x/I:S/P X");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://host",
                "host:80",
                "/path",
                "https://user:word@host",
                "https://host?apiKey=word"
            })
    void asksNowhereElse(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RestSettings.of(url, () -> "key", 1))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("word"));
    }

    @Test
    void refusesRatesThatAreNone() {
        for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RestSettings.of("http://host", () -> "key", rate));
        }
    }
}
