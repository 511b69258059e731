package io.massivepipeline.job.report.page;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Apache ECharts, to be put into a page. It is no part of the job's jar: only a run without a
 * cluster writes pages, and that has the library beside it, as it has Flink.
 */
final class ChartLibrary {

    private static final String VERSION = "META-INF/maven/org.webjars/echarts/pom.properties";
    private static final String SCRIPT = "META-INF/resources/webjars/echarts/%s/echarts.min.js";

    private ChartLibrary() {}

    /**
     * The library, which registers itself as {@code echarts}.
     *
     * @throws FileNotFoundException if it is not on the class path
     */
    static String script() throws IOException {
        Properties artifact = new Properties();
        try (InputStream in = open(VERSION)) {
            artifact.load(in);
        }
        try (InputStream in = open(SCRIPT.formatted(artifact.getProperty("version")))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static InputStream open(String resource) throws IOException {
        InputStream in = ChartLibrary.class.getClassLoader().getResourceAsStream(resource);
        if (in == null) {
            throw new FileNotFoundException("The chart library is not beside the job's jar.");
        }
        return in;
    }
}
