package io.massivepipeline.sources.poll.capture;

import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.PollEvent;

import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Keeps answers in checkpoints: the time, and the text of the answer, packed, since a large chain
 * has megabytes of it. Statistics are not kept.
 */
public final class PollEventSerializer implements SimpleVersionedSerializer<PollEvent> {

    private static final int VERSION = 1;

    private final AnswerWriter writer = new AnswerWriter();
    private final AnswerReader reader = new AnswerReader();

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(PollEvent event) throws IOException {
        ContextAnswer answer = event.answer();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(answer.polledAt());
            DeflaterOutputStream packed = new DeflaterOutputStream(out, deflater);
            packed.write(writer.write(answer));
            packed.finish();
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    @Override
    public PollEvent deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException("An answer of the unknown form " + version);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
            long at = in.readLong();
            byte[] answer = new InflaterInputStream(in).readAllBytes();
            return PollEvent.of(reader.read(at, answer));
        }
    }
}
