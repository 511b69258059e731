package io.massivepipeline.job.report;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

import java.util.Map;
import java.util.Properties;

/** Makes the reporter that shows progress on the terminal; a run without a cluster asks for it. */
public final class ProgressReporterFactory implements MetricReporterFactory {

    private static final String PREFIX = "metrics.reporter.progress.";

    /** Flink's settings that ask for it. */
    public static Configuration configuration() {
        return Configuration.fromMap(
                Map.of(
                        PREFIX + "factory.class",
                        ProgressReporterFactory.class.getName(),
                        PREFIX + "interval",
                        "1 s"));
    }

    @Override
    public ProgressReporter createMetricReporter(Properties properties) {
        return new ProgressReporter(System.err, System::nanoTime);
    }
}
