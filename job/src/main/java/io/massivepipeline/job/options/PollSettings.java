package io.massivepipeline.job.options;

import org.apache.flink.configuration.Configuration;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the provider is asked for again and again, live.
 *
 * @param url of the provider's REST interface
 * @param spotSymbols whose prices are asked for, as the provider has them: {@code I:SPX}, {@code
 *     SPY}; none to ask for none
 * @param spotInterval from one request for prices to the next
 * @param capture a file to which answers are written too
 */
public record PollSettings(
        String url, List<String> spotSymbols, Duration spotInterval, Optional<Path> capture) {

    private static final Pattern SYMBOL = Pattern.compile("(I:)?[A-Z0-9.]+");

    /** So many the provider answers for in one request. */
    private static final int MOST_SYMBOLS = 250;

    static PollSettings from(Configuration options) {
        String url = PipelineSettings.read(options, PipelineOptions.REST_URL);
        PipelineSettings.require(
                isBareHttp(url),
                "--rest.url must be an http:// or https:// address with a host and with no user and"
                        + " no query: it is shown in logs, and the API key is sent in a header.");
        List<String> symbols =
                TextList.of(PipelineSettings.read(options, PipelineOptions.SPOT_SYMBOLS)).names();
        PipelineSettings.require(
                symbols.stream().allMatch(symbol -> SYMBOL.matcher(symbol).matches()),
                "--spot.symbols must be the provider's symbols, such as I:SPX,I:VIX,SPY.");
        PipelineSettings.require(
                symbols.size() <= MOST_SYMBOLS,
                "--spot.symbols can be " + MOST_SYMBOLS + " at most: they are one request.");
        return new PollSettings(
                url,
                symbols,
                PipelineSettings.positive(options, PipelineOptions.SPOT_INTERVAL),
                PipelineSettings.path(options, PipelineOptions.CAPTURE_CONTEXT));
    }

    private static boolean isBareHttp(String url) {
        try {
            URI address = URI.create(url);
            return Set.of("http", "https").contains(String.valueOf(address.getScheme()))
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null;
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
