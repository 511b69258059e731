package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.RedisWrite;

import java.util.ArrayList;
import java.util.List;

/** The writes of one key in a batch, until they are acknowledged. */
final class Run {

    private final String key;
    private List<RedisWrite> rest;

    private Run(String key, List<RedisWrite> writes) {
        this.key = key;
        this.rest = writes;
    }

    /** Splits a batch, in which writes of one key are neighbours. */
    static List<Run> of(List<RedisWrite> batch) {
        List<Run> runs = new ArrayList<>();
        for (RedisWrite write : batch) {
            Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (last == null || !last.key.equals(write.key())) {
                last = new Run(write.key(), new ArrayList<>());
                runs.add(last);
            }
            last.rest.add(write);
        }
        return runs;
    }

    String key() {
        return key;
    }

    List<RedisWrite> rest() {
        return rest;
    }

    boolean isDone() {
        return rest.isEmpty();
    }

    void remains(List<RedisWrite> writes) {
        rest = writes;
    }
}
