package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.WriteGroup;
import io.massivepipeline.sinks.redis.script.ScriptCall;
import io.massivepipeline.sinks.redis.script.ScriptResult;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Part of a batch, until it is acknowledged: on a single Redis the writes of as many keys as one
 * call may have entries; on a Cluster, where keys live on different nodes, those of one key, and a
 * group, which may touch several nodes, member by member.
 */
final class Run {

    private final List<RedisWrite> all = new ArrayList<>();
    private final boolean cluster;

    private List<RedisWrite> rest = all;
    private boolean repeated;
    private int losses;

    private Run(boolean cluster) {
        this.cluster = cluster;
    }

    /** Splits a batch, in which writes of one key are neighbours. */
    static List<Run> of(List<RedisWrite> batch, boolean cluster, int callEntries) {
        return split(batch, cluster, cluster ? 0 : callEntries);
    }

    /** As many runs as there are keys, so that it can be told which one the server refuses. */
    List<Run> byKey() {
        return split(rest, cluster, 0);
    }

    private static List<Run> split(List<RedisWrite> batch, boolean cluster, int callEntries) {
        List<Run> runs = new ArrayList<>();
        String key = null;
        long entries = Long.MAX_VALUE;
        for (RedisWrite write : batch) {
            if (!write.key().equals(key)) {
                key = write.key();
                if (entries >= callEntries) {
                    runs.add(new Run(cluster));
                    entries = 0;
                }
            }
            runs.get(runs.size() - 1).all.add(write);
            entries += write.entryCount();
        }
        return runs;
    }

    boolean hasSeveralKeys() {
        return !rest.get(rest.size() - 1).key().equals(rest.get(0).key());
    }

    boolean isDone() {
        return rest.isEmpty();
    }

    String key() {
        return rest.isEmpty() ? all.get(0).key() : rest.get(0).key();
    }

    /** Everything that it writes; on a Cluster a group has keys on several nodes. */
    Stream<String> keys() {
        return all.stream().flatMap(write -> write.keys().stream());
    }

    /**
     * To be said before each call.
     *
     * @param lossesSoFar connections lost so far: those that are lost after the first write was
     *     carried out may have taken it with them
     */
    void sending(int lossesSoFar) {
        if (rest == all) {
            losses = lossesSoFar;
        }
    }

    /** The connections lost before the first of its writes was carried out. */
    int losses() {
        return losses;
    }

    /** Begins again from the first write, although all were carried out. */
    void repeat() {
        rest = all;
        repeated = true;
    }

    /** Whether what comes back has been counted before. */
    boolean isRepeated() {
        return repeated;
    }

    /** What is to be sent next. */
    ScriptCall call() {
        if (!cluster) {
            return new ScriptCall(rest);
        }
        if (rest.get(0) instanceof WriteGroup group) {
            return new ScriptCall(List.of(group.writes().get(0)));
        }
        return new ScriptCall(
                rest.stream().takeWhile(write -> !(write instanceof WriteGroup)).toList());
    }

    /** Takes out what was carried out. */
    void acknowledge(ScriptResult result) {
        if (!cluster) {
            rest = result.rest();
        } else if (rest.get(0) instanceof WriteGroup group) {
            if (result.rest().isEmpty()) {
                restOfGroup(group, result.stale() > result.same());
            }
        } else {
            int sent = (int) rest.stream().takeWhile(w -> !(w instanceof WriteGroup)).count();
            List<RedisWrite> next = new ArrayList<>(result.rest());
            next.addAll(rest.subList(sent, rest.size()));
            rest = next;
        }
    }

    /**
     * Goes on with a group that is written member by member. A put whose very version stands is its
     * own repetition, after a lost answer or a restart: what follows it may not have been written.
     */
    private void restOfGroup(WriteGroup group, boolean refused) {
        List<RedisWrite> next = new ArrayList<>();
        if (!refused && group.writes().size() > 1) {
            next.add(new WriteGroup(group.key(), group.writes().subList(1, group.writes().size())));
        }
        next.addAll(rest.subList(1, rest.size()));
        rest = next;
    }
}
