package io.massivepipeline.sinks.redis.script;

import io.massivepipeline.sinks.redis.AddToSortedSet;
import io.massivepipeline.sinks.redis.AutoIdAppend;
import io.massivepipeline.sinks.redis.IncrementHash;
import io.massivepipeline.sinks.redis.Publish;
import io.massivepipeline.sinks.redis.PutHash;
import io.massivepipeline.sinks.redis.PutString;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RemoveFields;
import io.massivepipeline.sinks.redis.ReplaceSet;
import io.massivepipeline.sinks.redis.ReplaceSortedSet;
import io.massivepipeline.sinks.redis.StreamAppend;
import io.massivepipeline.sinks.redis.StreamTarget;
import io.massivepipeline.sinks.redis.Version;
import io.massivepipeline.sinks.redis.WriteGroup;
import io.massivepipeline.sinks.redis.wire.BulkStrings;

import java.util.List;
import java.util.Map;

/** Collects the keys and arguments of a script call; the counterpart of {@code write.lua}. */
final class ScriptArguments {

    /** For how many writes there is room from the start, and what each takes, about. */
    private static final int MOST = 512;

    private static final int KEY_BYTES = 64;

    private static final int ARGUMENT_BYTES = 256;

    private final BulkStrings keys;
    private final BulkStrings arguments;
    private String firstKey;

    /** Neighbouring appends are usually alike in all but their keys; the rest is then sent once. */
    private StreamTarget last;

    /**
     * @param writes how many there will be, about
     */
    ScriptArguments(int writes) {
        keys = new BulkStrings(Math.min(writes, MOST) * KEY_BYTES);
        arguments = new BulkStrings(Math.min(writes, MOST) * ARGUMENT_BYTES);
    }

    BulkStrings keys() {
        return keys;
    }

    BulkStrings arguments() {
        return arguments;
    }

    /** The first of the keys, or null if there is none. */
    String firstKey() {
        return firstKey;
    }

    /** Several batches of one stream, as one write of the script. */
    void append(List<StreamAppend> batches) {
        StreamTarget target = batches.get(0).target();
        List<String> fields = target.fieldNames();
        if (last != null && target.isLike(last)) {
            begin("again", 1 + batches.size(), batches.get(0).keys());
        } else {
            begin("append", 5 + fields.size() + batches.size(), batches.get(0).keys());
            add(target.onPassed().name());
            add(target.lateField());
            add(target.maxLength());
            add(fields.size());
            fields.forEach(this::add);
        }
        last = target;
        add(batches.get(batches.size() - 1).expireAt());
        batches.forEach(batch -> arguments.add(batch.packed()));
    }

    /** Any other write. */
    void write(RedisWrite write) {
        if (write instanceof StreamAppend append) {
            append(List.of(append));
        } else if (write instanceof PutString put) {
            put(put);
        } else if (write instanceof PutHash put) {
            put(put);
        } else if (write instanceof RemoveFields remove) {
            remove(remove);
        } else if (write instanceof IncrementHash increment) {
            increment(increment);
        } else if (write instanceof AddToSortedSet add) {
            add(add);
        } else if (write instanceof ReplaceSortedSet replace) {
            begin("new_sorted", 1 + 2 * replace.members().size(), replace.keys());
            add(replace.expireAt());
            scores(replace.members());
        } else if (write instanceof ReplaceSet replace) {
            begin("new_set", 1 + replace.members().size(), replace.keys());
            add(replace.expireAt());
            replace.members().forEach(this::add);
        } else if (write instanceof AutoIdAppend append) {
            append(append);
        } else if (write instanceof Publish publish) {
            begin("publish", 2, List.of());
            add(publish.key());
            add(publish.message());
        } else if (write instanceof WriteGroup group) {
            begin("group", 1, List.of());
            add(group.writes().size());
            group.writes().forEach(this::writeMember);
        }
    }

    /** The server may pass over a member, so that no other append can rely on it. */
    private void writeMember(RedisWrite member) {
        last = null;
        write(member);
        last = null;
    }

    private void put(PutString put) {
        begin("string", 4, put.keys());
        version(put.version());
        add(put.expireAt());
        arguments.add(put.value());
    }

    private void put(PutHash put) {
        begin("hash", 4 + 2 * put.fields().size(), put.keys());
        version(put.version());
        add(put.expireAt());
        add(put.replace() ? 1 : 0);
        pairs(put.fields());
    }

    private void remove(RemoveFields remove) {
        begin("remove", 1 + 2 * remove.fields().size(), remove.keys());
        add(remove.ifUnchanged() ? 1 : 0);
        pairs(remove.fields());
    }

    private void increment(IncrementHash increment) {
        begin("increment", 1 + 2 * increment.increments().size(), increment.keys());
        add(increment.expireAt());
        pairs(increment.increments());
    }

    private void add(AddToSortedSet set) {
        begin("sorted", 3 + 2 * set.members().size(), set.keys());
        add(set.expireAt());
        add(set.keepFrom() == Double.NEGATIVE_INFINITY ? "" : Double.toString(set.keepFrom()));
        add(set.keepHighest() == 0 ? "" : Long.toString(-set.keepHighest() - 1));
        scores(set.members());
    }

    private void append(AutoIdAppend append) {
        begin("auto", 2 + 2 * append.fields().size(), append.keys());
        add(append.maxLength());
        add(append.expireAt());
        pairs(append.fields());
    }

    private void begin(String name, int count, List<String> touched) {
        add(name);
        add(count);
        add(touched.size());
        touched.forEach(keys::add);
        if (firstKey == null && !touched.isEmpty()) {
            firstKey = touched.get(0);
        }
    }

    private void version(Version version) {
        add(version == null ? "" : version.field());
        add(version == null ? 0 : version.number());
    }

    private void pairs(Map<String, ?> fields) {
        fields.forEach(
                (field, value) -> {
                    add(field);
                    add(value.toString());
                });
    }

    private void scores(Map<String, Double> members) {
        members.forEach(
                (member, score) -> {
                    add(Double.toString(score));
                    add(member);
                });
    }

    private void add(long number) {
        arguments.add(number);
    }

    private void add(String text) {
        arguments.add(text);
    }
}
