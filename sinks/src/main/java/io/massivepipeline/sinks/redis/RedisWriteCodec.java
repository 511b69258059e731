package io.massivepipeline.sinks.redis;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The binary form of writes in streams and checkpoints, version 1: a byte for the kind, then the
 * components of the record in their order; texts and bytes with their length before them.
 */
final class RedisWriteCodec {

    private static final int STREAM_APPEND = 1;
    private static final int AUTO_ID_APPEND = 2;
    private static final int PUT_STRING = 3;
    private static final int PUT_HASH = 4;
    private static final int INCREMENT_HASH = 5;
    private static final int ADD_TO_SORTED_SET = 6;
    private static final int REPLACE_SET = 7;
    private static final int REPLACE_SORTED_SET = 8;
    private static final int PUBLISH = 9;

    /** Ordered by the key of its first write. */
    private static final int WRITE_GROUP = 10;

    /** Ordered by a key that is said before its writes. */
    private static final int ORDERED_GROUP = 11;

    private static final int REMOVE_FIELDS = 12;

    private RedisWriteCodec() {}

    static void write(RedisWrite write, DataOutput out) throws IOException {
        if (write instanceof StreamAppend append) {
            out.writeByte(STREAM_APPEND);
            target(append.target(), out);
            bytes(append.packed(), out);
            out.writeInt(append.entryCount());
            out.writeInt(append.largestEntry());
            out.writeLong(append.expireAt());
        } else if (write instanceof AutoIdAppend append) {
            out.writeByte(AUTO_ID_APPEND);
            text(append.key(), out);
            map(append.fields(), out, RedisWriteCodec::text);
            out.writeLong(append.maxLength());
            out.writeLong(append.expireAt());
        } else if (write instanceof PutString put) {
            out.writeByte(PUT_STRING);
            text(put.key(), out);
            bytes(put.value(), out);
            version(put.version(), out);
            out.writeLong(put.expireAt());
        } else if (write instanceof PutHash put) {
            out.writeByte(PUT_HASH);
            text(put.key(), out);
            map(put.fields(), out, RedisWriteCodec::text);
            out.writeBoolean(put.replace());
            version(put.version(), out);
            out.writeLong(put.expireAt());
        } else if (write instanceof RemoveFields remove) {
            out.writeByte(REMOVE_FIELDS);
            text(remove.key(), out);
            map(remove.fields(), out, RedisWriteCodec::text);
            out.writeBoolean(remove.ifUnchanged());
        } else if (write instanceof IncrementHash increment) {
            out.writeByte(INCREMENT_HASH);
            text(increment.key(), out);
            map(increment.increments(), out, (value, to) -> to.writeLong(value));
            out.writeLong(increment.expireAt());
        } else if (write instanceof AddToSortedSet set) {
            out.writeByte(ADD_TO_SORTED_SET);
            text(set.key(), out);
            map(set.members(), out, (value, to) -> to.writeDouble(value));
            out.writeDouble(set.keepFrom());
            out.writeLong(set.keepHighest());
            out.writeLong(set.expireAt());
        } else if (write instanceof ReplaceSet set) {
            out.writeByte(REPLACE_SET);
            text(set.key(), out);
            texts(List.copyOf(set.members()), out);
            out.writeLong(set.expireAt());
        } else if (write instanceof ReplaceSortedSet set) {
            out.writeByte(REPLACE_SORTED_SET);
            text(set.key(), out);
            map(set.members(), out, (value, to) -> to.writeDouble(value));
            out.writeLong(set.expireAt());
        } else if (write instanceof Publish publish) {
            out.writeByte(PUBLISH);
            text(publish.key(), out);
            text(publish.message(), out);
        } else if (write instanceof WriteGroup group) {
            if (group.key().equals(group.writes().get(0).key())) {
                out.writeByte(WRITE_GROUP);
            } else {
                out.writeByte(ORDERED_GROUP);
                text(group.key(), out);
            }
            out.writeInt(group.writes().size());
            for (RedisWrite member : group.writes()) {
                write(member, out);
            }
        }
    }

    static RedisWrite read(DataInput in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case STREAM_APPEND ->
                    new StreamAppend(
                            target(in), bytes(in), in.readInt(), in.readInt(), in.readLong());
            case AUTO_ID_APPEND ->
                    new AutoIdAppend(
                            text(in), map(in, RedisWriteCodec::text), in.readLong(), in.readLong());
            case PUT_STRING -> new PutString(text(in), bytes(in), version(in), in.readLong());
            case PUT_HASH ->
                    new PutHash(
                            text(in),
                            map(in, RedisWriteCodec::text),
                            in.readBoolean(),
                            version(in),
                            in.readLong());
            case REMOVE_FIELDS ->
                    new RemoveFields(text(in), map(in, RedisWriteCodec::text), in.readBoolean());
            case INCREMENT_HASH ->
                    new IncrementHash(text(in), map(in, DataInput::readLong), in.readLong());
            case ADD_TO_SORTED_SET ->
                    new AddToSortedSet(
                            text(in),
                            map(in, DataInput::readDouble),
                            in.readDouble(),
                            in.readLong(),
                            in.readLong());
            case REPLACE_SET -> ReplaceSet.of(text(in), texts(in)).expireAt(in.readLong());
            case REPLACE_SORTED_SET ->
                    new ReplaceSortedSet(text(in), map(in, DataInput::readDouble), in.readLong());
            case PUBLISH -> new Publish(text(in), text(in));
            case WRITE_GROUP -> WriteGroup.of(members(in));
            case ORDERED_GROUP -> new WriteGroup(text(in), members(in));
            default -> throw new IOException("Not the beginning of a write: " + kind);
        };
    }

    private static List<RedisWrite> members(DataInput in) throws IOException {
        int size = in.readInt();
        List<RedisWrite> writes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            writes.add(read(in));
        }
        return writes;
    }

    private static void target(StreamTarget target, DataOutput out) throws IOException {
        text(target.key(), out);
        text(target.companion(), out);
        texts(target.fieldNames(), out);
        text(target.onPassed().name(), out);
        text(target.lateField(), out);
        out.writeLong(target.maxLength());
    }

    private static StreamTarget target(DataInput in) throws IOException {
        return new StreamTarget(
                text(in),
                text(in),
                texts(in),
                PassedIds.valueOf(text(in)),
                text(in),
                in.readLong());
    }

    private static void version(Version version, DataOutput out) throws IOException {
        out.writeBoolean(version != null);
        if (version != null) {
            text(version.field(), out);
            out.writeLong(version.number());
        }
    }

    private static Version version(DataInput in) throws IOException {
        return in.readBoolean() ? new Version(text(in), in.readLong()) : null;
    }

    private static <V> void map(Map<String, V> map, DataOutput out, Writer<V> values)
            throws IOException {
        out.writeInt(map.size());
        for (Map.Entry<String, V> entry : map.entrySet()) {
            text(entry.getKey(), out);
            values.write(entry.getValue(), out);
        }
    }

    private static <V> Map<String, V> map(DataInput in, Reader<V> values) throws IOException {
        int size = in.readInt();
        Map<String, V> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(text(in), values.read(in));
        }
        return map;
    }

    private static void texts(List<String> texts, DataOutput out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            text(text, out);
        }
    }

    private static List<String> texts(DataInput in) throws IOException {
        int size = in.readInt();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            texts.add(text(in));
        }
        return texts;
    }

    private static void text(String text, DataOutput out) throws IOException {
        bytes(text.getBytes(StandardCharsets.UTF_8), out);
    }

    private static String text(DataInput in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static void bytes(byte[] bytes, DataOutput out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    /** Writes the value of a map. */
    private interface Writer<V> {
        void write(V value, DataOutput out) throws IOException;
    }

    /** Reads the value of a map. */
    private interface Reader<V> {
        V read(DataInput in) throws IOException;
    }
}
