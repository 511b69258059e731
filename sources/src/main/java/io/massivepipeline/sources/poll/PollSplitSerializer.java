package io.massivepipeline.sources.poll;

import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes splits into checkpoints: how many answers, and each with its question. */
final class PollSplitSerializer implements SimpleVersionedSerializer<PollSplit> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(PollSplit split) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(split.answers().size());
            for (Map.Entry<String, byte[]> answer : new TreeMap<>(split.answers()).entrySet()) {
                out.writeUTF(answer.getKey());
                out.writeInt(answer.getValue().length);
                out.write(answer.getValue());
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public PollSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException("A split of a poller of the unknown form " + version);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
            int count = in.readInt();
            Map<String, byte[]> answers = new HashMap<>();
            for (int i = 0; i < count; i++) {
                String question = in.readUTF();
                byte[] answer = new byte[in.readInt()];
                in.readFully(answer);
                answers.put(question, answer);
            }
            return new PollSplit(answers);
        }
    }
}
