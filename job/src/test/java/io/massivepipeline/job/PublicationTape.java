package io.massivepipeline.job;

import io.massivepipeline.fixtures.redis.RedisServer;

import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Listens to all snapshots and notes what was published when. */
final class PublicationTape implements AutoCloseable {

    private static final String PREFIX = "massive:ws:snapshot:";
    private static final Pattern NUMBERS =
            Pattern.compile("\"(version|published_at|base)\":(\\d+)");

    private final RedisClient client;
    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    /**
     * What was said of a publication.
     *
     * @param publishedAt wall clock of the job
     */
    record Entry(String key, long version, long base, long publishedAt) {}

    PublicationTape(RedisServer server) {
        client = RedisClient.create(server.uri());
        var listening = client.connectPubSub();
        listening.addListener(
                new RedisPubSubAdapter<>() {
                    @Override
                    public void message(String pattern, String channel, String message) {
                        String key = channel.substring(PREFIX.length(), channel.lastIndexOf(':'));
                        entries.add(entry(key, message));
                    }
                });
        listening.sync().psubscribe(PREFIX + "*:diff");
    }

    private static Entry entry(String key, String message) {
        long version = 0;
        long base = 0;
        long publishedAt = 0;
        Matcher numbers = NUMBERS.matcher(message);
        while (numbers.find()) {
            long number = Long.parseLong(numbers.group(2));
            switch (numbers.group(1)) {
                case "version" -> version = number;
                case "base" -> base = number;
                default -> publishedAt = number;
            }
        }
        return new Entry(key, version, base, publishedAt);
    }

    /** All that was heard, in the order of the job's clock. */
    List<Entry> entries() {
        return entries.stream().sorted(Comparator.comparingLong(Entry::publishedAt)).toList();
    }

    /** How much was heard. */
    int size() {
        return entries.size();
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
