package io.massivepipeline.job.structure;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import org.junit.jupiter.api.Test;

import java.io.IOException;

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
