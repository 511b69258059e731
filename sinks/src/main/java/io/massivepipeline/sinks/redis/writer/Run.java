package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.WriteGroup;
import io.massivepipeline.sinks.redis.script.ScriptCall;
import io.massivepipeline.sinks.redis.script.ScriptResult;

import java.util.ArrayList;
import java.util.List;

/**
 * The writes of one key in a batch, until they are acknowledged. A single Redis takes them all in
 * one call; on a Cluster, where a group may touch several nodes, its members go one by one.
 */
final class Run {

    private final List<RedisWrite> all = new ArrayList<>();
    private final boolean cluster;

    private List<RedisWrite> rest = all;
    private boolean repeated;

    private Run(boolean cluster) {
        this.cluster = cluster;
    }

    /** Splits a batch, in which writes of one key are neighbours. */
    static List<Run> of(List<RedisWrite> batch, boolean cluster) {
        List<Run> runs = new ArrayList<>();
        String key = null;
        for (RedisWrite write : batch) {
            if (!write.key().equals(key)) {
                key = write.key();
                runs.add(new Run(cluster));
            }
            runs.get(runs.size() - 1).all.add(write);
        }
        return runs;
    }

    boolean isDone() {
        return rest.isEmpty();
    }

    String key() {
        return all.get(0).key();
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
                restOfGroup(group, result.stale() > 0);
            }
        } else {
            int sent = (int) rest.stream().takeWhile(w -> !(w instanceof WriteGroup)).count();
            List<RedisWrite> next = new ArrayList<>(result.rest());
            next.addAll(rest.subList(sent, rest.size()));
            rest = next;
        }
    }

    private void restOfGroup(WriteGroup group, boolean refused) {
        List<RedisWrite> next = new ArrayList<>();
        if (!refused && group.writes().size() > 1) {
            next.add(new WriteGroup(group.writes().subList(1, group.writes().size())));
        }
        next.addAll(rest.subList(1, rest.size()));
        rest = next;
    }
}
