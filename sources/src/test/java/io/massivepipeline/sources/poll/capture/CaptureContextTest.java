package io.massivepipeline.sources.poll.capture;

import io.massivepipeline.sources.LogLines;
import io.massivepipeline.sources.feed.ContextLine;
import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.spot.SpotPoll;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.StreamFlatMap;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Context on its way into a capture and out of one. */
class CaptureContextTest {

    @RegisterExtension final LogLines log = LogLines.of(ReadContext.class);

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"context.txt", "context.txt.gz"})
    void writesAnswersAsTheyComeAcrossAFailure(String name) throws Exception {
        // Given a run that captured two answers before a checkpoint and one behind it
        Path file = folder.resolve(name);
        OperatorSubtaskState checkpoint;
        try (var run = capture(file)) {
            run.open();
            run.processElement(AnswerTextTest.CHAIN, 0);
            run.processElement(spot(2_000), 0);
            checkpoint = run.snapshot(1, 0);
            run.processElement(spot(3_000), 0);
            assertThat(run.extractOutputValues())
                    .containsExactly(AnswerTextTest.CHAIN, spot(2_000), spot(3_000));
        }

        // When it was killed in the middle of a line, and its pollers hand on again what they had
        Files.writeString(folder.resolve(name + ".unfinished"), "");
        if (name.endsWith(".gz")) {
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length - 5));
        } else {
            Files.writeString(file, "4000\t{\"ki", StandardOpenOption.APPEND);
        }
        try (var run = capture(file)) {
            run.initializeState(checkpoint);
            run.open();
            run.processElement(AnswerTextTest.CHAIN, 0);
            run.processElement(spot(2_000), 0);
            run.processElement(spot(5_000), 0);
            assertThat(run.extractOutputValues()).hasSize(3);
        }

        // Then each answer is there once, on a whole line
        assertThat(lines(file))
                .containsExactly(
                        AnswerTextTest.CHAIN.polledAt() + "\t" + AnswerTextTest.CHAIN_TEXT,
                        "2000\t" + AnswerTextTest.SPOT_TEXT,
                        "3000\t" + AnswerTextTest.SPOT_TEXT,
                        "5000\t" + AnswerTextTest.SPOT_TEXT);
    }

    @Test
    void losesNoAnswerOfTheJobWhereNothingCanBeWritten() throws Exception {
        // Given a folder where the file should be
        Path file = Files.createDirectories(folder.resolve("context.txt"));

        try (var run = capture(file)) {
            run.open();
            run.processElement(spot(1_000), 0);

            assertThat(run.extractOutputValues()).containsExactly(spot(1_000));
        }
    }

    @Test
    void readsLinesAndLeavesOutWhatIsNone() throws Exception {
        try (var read =
                new OneInputStreamOperatorTestHarness<>(new StreamFlatMap<>(new ReadContext()))) {
            read.open();

            // When there is a broken line between two good ones
            read.processElement(line(1_000, AnswerTextTest.SPOT_TEXT), 0);
            read.processElement(line(2_000, "{\"kind\":\"spot\",\"pri"), 0);
            read.processElement(line(3_000, AnswerTextTest.SPOT_TEXT), 0);

            // Then they are read, and that is said
            assertThat(read.extractOutputValues()).containsExactly(spot(1_000), spot(3_000));
            assertThat(log.lines()).singleElement().asString().contains("2000 is left out");
        }
    }

    private static OneInputStreamOperatorTestHarness<ContextAnswer, ContextAnswer> capture(
            Path file) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new StreamMap<>(new CaptureContext(file.toString())));
    }

    private static ContextAnswer spot(long at) {
        return ContextAnswer.of(new SpotPoll(at, AnswerTextTest.SPOT.spot().prices()));
    }

    private static ContextLine line(long at, String text) {
        return new ContextLine(at, AnswerTextTest.bytes(text));
    }

    private static List<String> lines(Path file) throws Exception {
        try (InputStream in =
                file.toString().endsWith(".gz")
                        ? new GZIPInputStream(Files.newInputStream(file))
                        : Files.newInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
