package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.RedisWrite;

import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;

import java.util.ArrayDeque;
import java.util.Deque;

/** What waits for one key, in the order in which it came. */
final class Lane {

    final String key;
    final Deque<RequestEntryWrapper<RedisWrite>> waiting = new ArrayDeque<>();

    /** What waits here, summed up. */
    long entries;

    long bytes;

    /** When the oldest of what waits became able to leave, milliseconds. */
    long since;

    boolean inFlight;

    Lane(String key) {
        this.key = key;
    }
}
