package io.massivepipeline.job.structure;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

class GatheredOutputTest {

    private static final int ITEMS = 10_000;
    private static final int ITEM_BYTES = Long.BYTES + 2 + "O:SPXW251223C06870000".length();

    private final DataOutputSerializer target = new DataOutputSerializer(64);
    private final GatheredOutput out = new GatheredOutput();

    @Test
    void handsOnAllThatWasWrittenInItsOrder() throws IOException {
        // When more is written than fits into a piece
        out.begin(target);
        for (int i = 0; i < ITEMS; i++) {
            out.writeLong(i);
            out.writeUTF("O:SPXW251223C06870000");
            out.itemEnds();
        }
        out.handOn();

        // Then the target has all of it, once
        assertThat(target.length()).isEqualTo(ITEMS * ITEM_BYTES);
        DataInputDeserializer in = new DataInputDeserializer(target.getCopyOfBuffer());
        for (int i = 0; i < ITEMS; i++) {
            assertThat(in.readLong()).isEqualTo(i);
            assertThat(in.readUTF()).isEqualTo("O:SPXW251223C06870000");
        }
    }

    @Test
    void keepsLittleOfALargeValue() throws IOException {
        out.begin(target);
        for (int i = 0; i < ITEMS; i++) {
            out.writeLong(i);
            out.itemEnds();
            assertThat(out.length()).isLessThan(32 * 1024);
        }
    }

    @Test
    void restsBehindEachPieceThatGoesToAStreamAndNeverBehindOneThatGoesToMemory()
            throws IOException {
        AtomicInteger rests = new AtomicInteger();
        GatheredOutput resting = new GatheredOutput(rests::incrementAndGet);

        // When four pieces and a half go to memory, which a task's own thread may write
        resting.begin(target);
        writeBytes(resting, 144 * 1024);

        assertThat(rests).hasValue(0);

        // When as many go to the stream of a checkpoint
        resting.begin(new DataOutputViewStreamWrapper(new ByteArrayOutputStream()));
        writeBytes(resting, 144 * 1024);

        assertThat(rests).hasValue(4);
    }

    @Test
    void restsBehindManySmallValuesAsBehindOneLarge() throws IOException {
        AtomicInteger rests = new AtomicInteger();
        GatheredOutput resting = new GatheredOutput(rests::incrementAndGet);
        DataOutputViewStreamWrapper stream =
                new DataOutputViewStreamWrapper(new ByteArrayOutputStream());

        // When each of many expiries has its own kilobyte
        for (int value = 0; value < 100; value++) {
            resting.begin(stream);
            writeBytes(resting, 1024);
        }

        // Then that is three pieces
        assertThat(rests).hasValue(3);
    }

    private static void writeBytes(GatheredOutput out, int bytes) throws IOException {
        for (int written = 0; written < bytes; written += Long.BYTES) {
            out.writeLong(written);
            out.itemEnds();
        }
        out.handOn();
    }

    @Test
    void beginsAnewAfterAValueThatWasNotFinished() throws IOException {
        out.begin(target);
        out.writeLong(1);

        out.begin(target);
        out.writeLong(2);
        out.handOn();

        assertThat(new DataInputDeserializer(target.getCopyOfBuffer()).readLong()).isEqualTo(2);
        assertThat(target.length()).isEqualTo(Long.BYTES);
    }
}
