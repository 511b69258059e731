package io.massivepipeline.sinks.redis.script;

import io.massivepipeline.sinks.redis.AppendOutcome;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.StreamAppend;
import io.massivepipeline.sinks.redis.WriteGroup;
import io.massivepipeline.sinks.redis.wire.BulkStrings;

import java.util.ArrayList;
import java.util.List;

/** Writes that one call of the script carries out, in order. */
public final class ScriptCall {

    /** What the script sees as one write: a write, or neighbouring batches of one stream. */
    private final List<List<RedisWrite>> units = new ArrayList<>();

    private final ScriptArguments arguments;

    public ScriptCall(List<RedisWrite> writes) {
        arguments = new ScriptArguments(writes.size());
        List<StreamAppend> batches = new ArrayList<>();
        for (RedisWrite write : writes) {
            if (write instanceof StreamAppend append) {
                if (!batches.isEmpty() && !append.target().equals(batches.get(0).target())) {
                    flush(batches);
                }
                batches.add(append);
            } else {
                flush(batches);
                arguments.write(write);
                units.add(List.of(write));
            }
        }
        flush(batches);
    }

    private void flush(List<StreamAppend> batches) {
        if (!batches.isEmpty()) {
            arguments.append(batches);
            units.add(List.copyOf(batches));
            batches.clear();
        }
    }

    /** Nothing may be added. */
    public BulkStrings keys() {
        return arguments.keys();
    }

    /** Nothing may be added. */
    public BulkStrings arguments() {
        return arguments.arguments();
    }

    /** The first of the keys, or null if there is none. */
    public String firstKey() {
        return arguments.firstKey();
    }

    /** Reads what the server answered. */
    public ScriptResult resultOf(List<Object> answer) {
        ScriptReply reply = ScriptReply.of(answer);
        List<AppendOutcome> outcomes = new ArrayList<>();
        int tally = 0;
        for (List<RedisWrite> unit : units.subList(0, reply.done())) {
            for (String stream : streamsOf(unit.get(0))) {
                long[] counts = reply.tallies();
                outcomes.add(
                        new AppendOutcome(
                                stream,
                                counts[tally],
                                counts[tally + 1],
                                counts[tally + 2],
                                counts[tally + 3]));
                tally += 4;
            }
        }
        List<RedisWrite> rest = new ArrayList<>();
        units.subList(reply.done(), units.size()).forEach(rest::addAll);
        return new ScriptResult(
                rest, reply.failure(), reply.failedKey(), reply.stale(), reply.same(), outcomes);
    }

    private static List<String> streamsOf(RedisWrite write) {
        if (write instanceof StreamAppend) {
            return List.of(write.key());
        }
        if (write instanceof WriteGroup group) {
            return group.writes().stream()
                    .filter(StreamAppend.class::isInstance)
                    .map(RedisWrite::key)
                    .toList();
        }
        return List.of();
    }
}
