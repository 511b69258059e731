package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.RedisWrite;

import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;

import java.util.ArrayDeque;
import java.util.Deque;

/** What waits for one key, in the order in which it came. */
final class Lane {

    /** Mostly one waits, and lanes come and go by the ten thousand a second. */
    private static final int FIRST_CAPACITY = 3;

    final String key;
    final Deque<RequestEntryWrapper<RedisWrite>> waiting = new ArrayDeque<>(FIRST_CAPACITY);

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
