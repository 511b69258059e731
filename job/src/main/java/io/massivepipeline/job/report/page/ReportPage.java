package io.massivepipeline.job.report.page;

import io.massivepipeline.job.report.result.ReplayDetails;
import io.massivepipeline.job.report.result.ReplayResult;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

/** One HTML page with all that it needs inside: style, chart library, data, script. */
public final class ReportPage {

    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    /** In this order; they share one scope. */
    private static final List<String> SCRIPTS =
            List.of(
                    "text.js",
                    "elements.js",
                    "charts.js",
                    "heatmaps.js",
                    "activity.js",
                    "summary.js",
                    "report.js");

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
                        "script", script());
        return PLACE.matcher(resource("report.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
    }

    private static String script() throws IOException {
        StringBuilder script = new StringBuilder();
        for (String part : SCRIPTS) {
            script.append(resource(part));
        }
        return script.toString();
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
