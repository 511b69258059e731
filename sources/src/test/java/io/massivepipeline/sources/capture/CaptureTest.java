package io.massivepipeline.sources.capture;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;

class CaptureTest {

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"feed.txt", "feed.txt.gz"})
    void writesTheFormOfTheContract(String name) throws IOException {
        Path file = folder.resolve("captures").resolve(name);

        try (Capture capture = Capture.open(file.toString())) {
            capture.frame(bytes("[1,\n2]"), 1_700);
            capture.tick(1_800);
            capture.frame(bytes("[]"), 1_900);
        }

        assertThat(text(file)).isEqualTo("1700\t[1,\r2]\n1800\t\n1900\t[]\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"feed.txt", "feed.txt.gz"})
    void goesOnBehindWhatAKilledRunLeft(String name) throws IOException {
        // Given a capture that was flushed and then cut off
        Path file = folder.resolve(name);
        Path unfinished = folder.resolve(name + ".unfinished");
        Capture killed = Capture.open(file.toString());
        assertThat(unfinished).exists();
        killed.frame(bytes("[1]"), 1_700);
        killed.flush();
        long flushed = Files.size(file);
        killed.frame(bytes("[2,3,4,5,6,7,8,9]"), 1_800);
        killed.close();
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, (int) flushed + 3));
        Files.writeString(unfinished, "");

        // When another run goes on
        try (Capture capture = Capture.open(file.toString())) {
            capture.frame(bytes("[3]"), 1_900);
        }

        // Then there are whole lines only
        assertThat(text(file)).isEqualTo("1700\t[1]\n1900\t[3]\n");
        assertThat(unfinished).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"feed.txt", "feed.txt.gz"})
    void whatWasFlushedCanBeRead(String name) throws IOException {
        Path file = folder.resolve(name);
        try (Capture capture = Capture.open(file.toString())) {
            capture.frame(bytes("[1]"), 1_700);
            capture.flush();

            byte[] start = new byte[9];
            try (InputStream in = open(file)) {
                assertThat(in.read(start)).isEqualTo(9);
            }
            assertThat(new String(start, StandardCharsets.UTF_8)).isEqualTo("1700\t[1]\n");
        }
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
