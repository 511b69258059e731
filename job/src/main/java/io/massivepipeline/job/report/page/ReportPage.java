package io.massivepipeline.job.report.page;

import io.massivepipeline.job.report.result.ReplayDetails;
import io.massivepipeline.job.report.result.ReplayResult;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

/** One HTML page with all that it needs inside: style, chart library, data, script. */
public final class ReportPage {

    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private ReportPage() {}

    /**
     * The page.
     *
     * @param redis where the result stands, without a password
     * @throws IOException if the chart library is not on the class path
     */
    public static String of(ReplayResult result, ReplayDetails details, String redis)
            throws IOException {
        Map<String, String> parts =
                Map.of(
                        "style", resource("report.css"),
                        "library", ChartLibrary.script(),
                        "data", PageData.of(result, details, redis).json(),
                        "script", resource("report.js"));
        return PLACE.matcher(resource("report.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name);
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
