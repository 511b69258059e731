package io.massivepipeline.sources.poll;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.connector.testutils.source.reader.TestingReaderOutput;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The task's side of a polling source, with a poller that is told what to bring. */
class PollReaderTest {

    private final BlockingQueue<String> toBring = new LinkedBlockingQueue<>();
    private final Queue<String> resumed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger polls = new AtomicInteger();
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<Thread> thread = new AtomicReference<>();
    private final IdleOutput output = new IdleOutput();
    private SourceReader<String, PollSplit> reader = reader(Duration.ofMillis(1));

    @AfterEach
    void close() throws Exception {
        reader.close();
    }

    @Test
    void handsOnWhatWasAnsweredBeforeAnythingIsAsked() throws Exception {
        // Given a checkpoint with two answers
        reader.addSplits(List.of(new PollSplit(Map.of("a", bytes("a1"), "b", bytes("b1")))));

        // When nothing is answered yet
        awaitOutput("a1", "b1");

        // Then both are still in the next checkpoint, and a newer one takes its place
        assertThat(kept()).containsEntry("a", "a1").containsEntry("b", "b1");
        toBring.add("b2");
        awaitOutput("a1", "b1", "b2");
        assertThat(kept()).containsEntry("a", "a1").containsEntry("b", "b2");
    }

    @Test
    void tellsThePollerWhatWasKeptBeforeItIsAsked() throws Exception {
        reader.addSplits(List.of(new PollSplit(Map.of("a", bytes("a1"), "b", bytes("b1")))));

        await().until(() -> polls.get() == 1);
        assertThat(resumed).containsExactlyInAnyOrder("a1", "b1");
    }

    @Test
    void goesOnWithoutAnAnswerThatCannotBeRead() throws Exception {
        // Given a checkpoint of a later version
        byte[] later = SimpleVersionedSerialization.writeVersionAndSerialize(new Text(9), "x");
        reader.addSplits(List.of(new PollSplit(Map.of("a", later, "b", bytes("b1")))));

        // Then only what can be read is handed on
        awaitOutput("b1");
        toBring.add("a2");
        awaitOutput("b1", "a2");
    }

    @Test
    void saysThatItIsIdleBeforeAnythingElse() throws Exception {
        // Given a reader to which nothing was answered
        reader.addSplits(List.of(PollSplit.begin()));

        // Then it asks to be called for that alone
        assertThat(reader.isAvailable()).isCompleted();
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(output.idle).isEqualTo(1);
        assertThat(output.split.idle).isEqualTo(1);
        assertThat(output.watermarks).isZero();

        // And not again
        assertThat(reader.isAvailable()).isNotCompleted();
        toBring.add("a1");
        awaitOutput("a1");
        assertThat(output.idle).isEqualTo(1);
        assertThat(output.active).isZero();
    }

    @Test
    void asksNoMoreWhileTheJobIsBehind() throws Exception {
        // Given a poller that brings something each time, and a job that takes nothing
        for (int i = 0; i < 100; i++) {
            toBring.add("a" + i);
        }
        reader.addSplits(List.of(PollSplit.begin()));

        // Then it stops at some answers
        await().untilAsserted(() -> assertThat(polls).hasValueGreaterThanOrEqualTo(5));
        await().during(Duration.ofMillis(100)).until(() -> polls.get() < 8);
    }

    @Test
    void endsARunningRequestWhenItIsClosed() throws Exception {
        // Given a poller that waits for an answer
        reader.addSplits(List.of(PollSplit.begin()));
        await().until(() -> polls.get() == 1);

        // When the task ends
        reader.close();

        // Then the poller was interrupted and closed, and its thread is gone
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(thread.get().isAlive()).isFalse();
    }

    @Test
    void failsWithThePoller() throws Exception {
        // Given a poller that says that asking again cannot help
        reader.addSplits(List.of(PollSplit.begin()));
        toBring.add("failure");

        // Then the task fails with just that
        await().until(() -> reader.isAvailable().isDone());
        assertThatThrownBy(
                        () -> {
                            while (reader.pollNext(output) == InputStatus.MORE_AVAILABLE) {
                                assertThat(output.getEmittedRecords()).isEmpty();
                            }
                            await().until(() -> reader.isAvailable().isDone());
                            reader.pollNext(output);
                        })
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("failure");
    }

    @Test
    void endsAtOnceWhereAnotherReaderAsks() throws Exception {
        reader.notifyNoMoreSplits();

        assertThat(reader.isAvailable()).isCompleted();
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.END_OF_INPUT);
        assertThat(reader.snapshotState(1)).isEmpty();
        assertThat(polls).hasValue(0);
    }

    private void awaitOutput(String... expected) {
        await().untilAsserted(
                        () -> {
                            reader.pollNext(output);
                            assertThat(output.getEmittedRecords()).containsExactly(expected);
                        });
    }

    /** The answers in a checkpoint that is taken now, as text. */
    private Map<String, String> kept() throws IOException {
        Map<String, String> kept = new HashMap<>();
        for (Map.Entry<String, byte[]> answer :
                reader.snapshotState(1).get(0).answers().entrySet()) {
            kept.put(
                    answer.getKey(),
                    SimpleVersionedSerialization.readVersionAndDeSerialize(
                            new Text(1), answer.getValue()));
        }
        return kept;
    }

    private static byte[] bytes(String answer) throws IOException {
        return SimpleVersionedSerialization.writeVersionAndSerialize(new Text(1), answer);
    }

    private SourceReader<String, PollSplit> reader(Duration interval) {
        PollingSource<String> source =
                new PollingSource<>(
                        metrics -> new Told(),
                        interval,
                        PollTime.system(),
                        () -> new Text(1),
                        Types.STRING);
        return source.createReader(new TestingReaderContext());
    }

    /** Brings what it is told; the question is its first letter. */
    private final class Told implements Poller<String> {

        @Override
        public void resume(String kept) {
            resumed.add(kept);
        }

        @Override
        public void poll(PollOutput<String> out) throws InterruptedException {
            thread.set(Thread.currentThread());
            polls.incrementAndGet();
            String answer;
            try {
                answer = toBring.take();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            if (answer.equals("failure")) {
                throw new IllegalStateException(answer);
            }
            out.latest(answer.substring(0, 1), answer);
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    /** Remembers what was said of idleness. */
    private static final class IdleOutput extends TestingReaderOutput<String> {

        private IdleOutput split;
        private int idle;
        private int active;
        private int watermarks;

        @Override
        public void markIdle() {
            idle++;
        }

        @Override
        public SourceOutput<String> createOutputForSplit(String id) {
            split = new IdleOutput();
            return split;
        }

        @Override
        public void markActive() {
            active++;
        }

        @Override
        public void emitWatermark(Watermark mark) {
            watermarks++;
        }
    }

    private record Text(int version) implements SimpleVersionedSerializer<String> {

        @Override
        public int getVersion() {
            return version;
        }

        @Override
        public byte[] serialize(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String deserialize(int written, byte[] bytes) throws IOException {
            if (written != 1) {
                throw new IOException("version " + written);
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
