package io.massivepipeline.job;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ResumeFolderTest {

    @TempDir Path folder;

    @Test
    void aFolderThatIsNotThereHasNothingToGoOnFrom() throws IOException {
        assertThat(new ResumeFolder(folder.resolve("none")).newest()).isEmpty();
        assertThat(new ResumeFolder(folder).newest()).isEmpty();
    }

    @Test
    void theNewestCompleteOneOfAllRunsCounts() throws IOException {
        // Given checkpoints of two runs, the newest of which was not completed, and a savepoint
        complete("run-1/chk-900", 10);
        complete("run-2/chk-7", 20);
        Files.createDirectories(folder.resolve("run-2/chk-8"));
        assertThat(new ResumeFolder(folder).newest()).contains(folder.resolve("run-2/chk-7"));

        complete("savepoint-1", 30);
        assertThat(new ResumeFolder(folder).newest()).contains(folder.resolve("savepoint-1"));
    }

    @Test
    void isOneRunsAlone() throws IOException {
        try (ResumeFolder first = new ResumeFolder(folder)) {
            first.lock();

            try (ResumeFolder second = new ResumeFolder(folder)) {
                assertThatThrownBy(second::lock).hasMessageContaining("in use by another job");
            }
        }
        try (ResumeFolder next = new ResumeFolder(folder)) {
            next.lock();
        }
    }

    private void complete(String checkpoint, long seconds) throws IOException {
        Path metadata = Files.createDirectories(folder.resolve(checkpoint)).resolve("_metadata");
        Files.writeString(metadata, "");
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(seconds * 1000));
    }
}
