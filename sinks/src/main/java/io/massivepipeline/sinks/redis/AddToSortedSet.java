package io.massivepipeline.sinks.redis;

import java.util.Map;
import java.util.Objects;

/**
 * Adds members to a sorted set and prunes it in the same step.
 *
 * @param members scores by member, at least one
 * @param keepFrom members with a lower score are removed; negative infinity keeps all
 * @param keepHighest how many members stay, those with the highest scores; 0 keeps all
 * @param expireAt Unix milliseconds, 0 for never
 */
public record AddToSortedSet(
        String key, Map<String, Double> members, double keepFrom, long keepHighest, long expireAt)
        implements RedisWrite {

    public AddToSortedSet {
        Objects.requireNonNull(key, "key");
        members = Map.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("Nothing to add: " + key);
        }
    }

    public static AddToSortedSet of(String key, String member, double score) {
        return new AddToSortedSet(key, Map.of(member, score), Double.NEGATIVE_INFINITY, 0, 0);
    }

    public AddToSortedSet keepFrom(double lowestScore) {
        return new AddToSortedSet(key, members, lowestScore, keepHighest, expireAt);
    }

    public AddToSortedSet keepHighest(long count) {
        return new AddToSortedSet(key, members, keepFrom, count, expireAt);
    }

    public AddToSortedSet expireAt(long unixMillis) {
        return new AddToSortedSet(key, members, keepFrom, keepHighest, unixMillis);
    }

    @Override
    public long sizeInBytes() {
        return Sizes.of(key) + Sizes.of(members);
    }
}
