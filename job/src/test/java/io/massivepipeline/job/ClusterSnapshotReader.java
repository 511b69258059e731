package io.massivepipeline.job;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Reads snapshots of a Cluster while they are written, backwards: what is written last is read
 * first. Whatever it finds there, what must have been written before cannot be older.
 */
final class ClusterSnapshotReader implements AutoCloseable {

    private static final String PREFIX = "massive:ws:snapshot:";
    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");

    private final RedisClusterCommands<String, String> redis;
    private final BlockingQueue<Message> unread = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::readOnAndOn, "cluster-snapshot-reader");

    private volatile int looks;
    private volatile int messages;
    private volatile boolean stopped;
    private volatile Throwable failure;

    /** A message about a key. */
    private record Message(String key, long version) {}

    ClusterSnapshotReader(RedisClusterClient client) {
        redis = client.connect().sync();
        var listening = client.connectPubSub();
        listening.addListener(
                new RedisPubSubAdapter<String, String>() {
                    @Override
                    public void message(String pattern, String channel, String message) {
                        String key = channel.substring(PREFIX.length(), channel.lastIndexOf(':'));
                        unread.add(new Message(key, version(message)));
                    }
                });
        listening.sync().psubscribe(PREFIX + "*:diff");
        thread.start();
    }

    private void readOnAndOn() {
        try {
            while (!stopped) {
                for (Message message = next(); message != null; message = unread.poll()) {
                    assertThat(indexed(message.key()))
                            .as("index of %s after its message", message.key())
                            .isGreaterThanOrEqualTo(message.version());
                    messages++;
                }
                redis.hkeys(PREFIX + "index").forEach(this::look);
            }
        } catch (Throwable unexpected) {
            failure = unexpected;
        }
    }

    private Message next() throws InterruptedException {
        return unread.poll(1, TimeUnit.MILLISECONDS);
    }

    private void look(String key) {
        long index = indexed(key);
        long value = version(redis.get(PREFIX + key));
        long diffs =
                Long.parseLong(
                        redis.xrevrange(PREFIX + key + ":diffs", Range.unbounded(), Limit.from(1))
                                .get(0)
                                .getId()
                                .split("-")[0]);
        assertThat(value).as("value of %s, and its index", key).isGreaterThanOrEqualTo(index);
        assertThat(diffs).as("diffs of %s, and its value", key).isGreaterThanOrEqualTo(value);
        looks++;
    }

    private long indexed(String key) {
        return Long.parseLong(redis.hget(PREFIX + "index", key).split(" ")[0]);
    }

    private static long version(String json) {
        Matcher matcher = VERSION.matcher(json);
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    /** How often it has compared index, value and diffs of a key. */
    int looks() {
        return looks;
    }

    /** Waits until so many messages were heard and found to be true, while nothing was untrue. */
    void awaitMessages(int count, Duration atMost) {
        await().atMost(atMost)
                .untilAsserted(
                        () -> {
                            assertThat(failure).isNull();
                            assertThat(messages).isEqualTo(count);
                        });
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join();
        assertThat(failure).isNull();
    }
}
