package io.massivepipeline.sources.poll.capture;

import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.PollEvent;
import io.massivepipeline.sources.poll.PollKind;
import io.massivepipeline.sources.poll.PollStatistics;
import io.massivepipeline.sources.poll.chain.ChainForm;
import io.massivepipeline.sources.poll.chain.ChainPoll;

import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Keeps what pollers hand on in checkpoints: prices as their text, chains, which are large, in a
 * form of their own, both packed. The first version knew answers alone, and the second had the text
 * of chains, too, which took longer to write than all else that a chain needs.
 */
public final class PollEventSerializer implements SimpleVersionedSerializer<PollEvent> {

    private static final int ANSWERS_ALONE = 1;
    private static final int VERSION = 3;

    private static final int ANSWER = 0;
    private static final int STATISTICS = 1;
    private static final int CHAIN = 2;

    private static final int BUFFER = 1 << 13;

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
            if (event.statistics() != null) {
                out.writeByte(STATISTICS);
                write(event.statistics(), out);
            } else if (event.answer().chain() != null) {
                out.writeByte(CHAIN);
                pack(out, packed -> write(event.answer().chain(), packed));
            } else {
                out.writeByte(ANSWER);
                out.writeLong(event.answer().polledAt());
                pack(out, packed -> writer.write(event.answer(), packed));
            }
        }
        return bytes.toByteArray();
    }

    /** Writes something. */
    @FunctionalInterface
    private interface Content {
        void writeTo(OutputStream packed) throws IOException;
    }

    private static void pack(OutputStream out, Content content) throws IOException {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            DeflaterOutputStream packed = new DeflaterOutputStream(out, deflater);
            // Bit by bit: a large chain in one piece is what collectors pause for.
            content.writeTo(packed);
            packed.finish();
        } finally {
            deflater.end();
        }
    }

    private static void write(ChainPoll chain, OutputStream packed) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(packed, BUFFER));
        ChainForm.write(chain, out);
        out.flush();
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
        if (version < ANSWERS_ALONE || version > VERSION) {
            throw new IOException("What a poller handed on, in the unknown form " + version);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
            int kind = version == ANSWERS_ALONE ? ANSWER : in.readUnsignedByte();
            return switch (kind) {
                case ANSWER -> PollEvent.of(answer(in));
                case STATISTICS -> PollEvent.of(statistics(in));
                case CHAIN -> PollEvent.of(ContextAnswer.of(chain(in)));
                default -> throw new IOException("Neither an answer nor statistics: " + kind);
            };
        }
    }

    private ContextAnswer answer(DataInputStream in) throws IOException {
        long at = in.readLong();
        try (InputStream unpacked = new InflaterInputStream(in)) {
            return reader.read(at, unpacked.readAllBytes());
        }
    }

    private static ChainPoll chain(DataInputStream in) throws IOException {
        try (InputStream unpacked = new BufferedInputStream(new InflaterInputStream(in), BUFFER)) {
            return ChainForm.read(new DataInputStream(unpacked));
        }
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
