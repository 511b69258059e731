package io.massivepipeline.sources.poll.capture;

import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.PollEvent;
import io.massivepipeline.sources.poll.PollKind;
import io.massivepipeline.sources.poll.PollStatistics;

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
 * Keeps what pollers hand on in checkpoints: which of the two it is, and of an answer the time and
 * the text, packed, since a large chain has megabytes of it. The first version knew answers alone.
 */
public final class PollEventSerializer implements SimpleVersionedSerializer<PollEvent> {

    private static final int ANSWERS_ALONE = 1;
    private static final int VERSION = 2;

    private static final int ANSWER = 0;
    private static final int STATISTICS = 1;

    private final AnswerWriter writer = new AnswerWriter();
    private final AnswerReader reader = new AnswerReader();

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(PollEvent event) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            if (event.answer() != null) {
                out.writeByte(ANSWER);
                write(event.answer(), out);
            } else {
                out.writeByte(STATISTICS);
                write(event.statistics(), out);
            }
        }
        return bytes.toByteArray();
    }

    private void write(ContextAnswer answer, DataOutputStream out) throws IOException {
        out.writeLong(answer.polledAt());
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            DeflaterOutputStream packed = new DeflaterOutputStream(out, deflater);
            // Bit by bit: the text of a large chain in one piece is what collectors pause for.
            writer.write(answer, packed);
            packed.finish();
        } finally {
            deflater.end();
        }
    }

    private static void write(PollStatistics statistics, DataOutputStream out) throws IOException {
        out.writeUTF(statistics.kind().name());
        out.writeLong(statistics.runs());
        out.writeLong(statistics.errors());
        out.writeLong(statistics.pages());
        out.writeLong(statistics.contracts());
        out.writeLong(statistics.latencyLastMs());
        out.writeLong(statistics.latencyP99Ms());
        out.writeLong(statistics.lastTs());
        out.writeLong(statistics.rateLimited());
    }

    @Override
    public PollEvent deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION && version != ANSWERS_ALONE) {
            throw new IOException("What a poller handed on, in the unknown form " + version);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
            int kind = version == ANSWERS_ALONE ? ANSWER : in.readUnsignedByte();
            return switch (kind) {
                case ANSWER -> PollEvent.of(answer(in));
                case STATISTICS -> PollEvent.of(statistics(in));
                default -> throw new IOException("Neither an answer nor statistics: " + kind);
            };
        }
    }

    private ContextAnswer answer(DataInputStream in) throws IOException {
        long at = in.readLong();
        return reader.read(at, new InflaterInputStream(in).readAllBytes());
    }

    private static PollStatistics statistics(DataInputStream in) throws IOException {
        PollKind kind;
        try {
            kind = PollKind.valueOf(in.readUTF());
        } catch (IllegalArgumentException unknown) {
            throw new IOException("Statistics of an unknown kind", unknown);
        }
        return new PollStatistics(
                kind,
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }
}
