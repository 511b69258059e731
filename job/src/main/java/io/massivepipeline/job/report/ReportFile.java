package io.massivepipeline.job.report;

import io.massivepipeline.job.report.page.ReportPage;
import io.massivepipeline.job.report.result.DetailsReader;
import io.massivepipeline.job.report.result.ReplayResult;

import io.lettuce.core.cluster.api.sync.RedisClusterCommands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the page about a replay is written. */
public final class ReportFile {

    private final Path file;

    private ReportFile(Path file) {
        this.file = file;
    }

    /**
     * Makes the folder, so that a long replay does not end without its report.
     *
     * @throws IOException if a file can't be written there
     */
    public static ReportFile at(Path file) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        if (Files.isDirectory(absolute) || absolute.getParent() == null) {
            throw new IOException("it is a folder");
        }
        Files.createDirectories(absolute.getParent());
        if (!Files.isWritable(absolute.getParent())) {
            throw new IOException("its folder can't be written to");
        }
        return new ReportFile(absolute);
    }

    /** Reads what the page shows beyond the result, and writes the page. */
    public void write(
            ReplayResult result, RedisClusterCommands<String, String> redis, String address)
            throws IOException {
        Files.writeString(
                file,
                ReportPage.of(result, new DetailsReader(redis).read(result.expiries()), address));
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
