package io.massivepipeline.job.output;

import io.massivepipeline.job.snapshot.Publication;
import io.massivepipeline.sinks.redis.PassedIds;
import io.massivepipeline.sinks.redis.Publish;
import io.massivepipeline.sinks.redis.PutHash;
import io.massivepipeline.sinks.redis.PutString;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;
import io.massivepipeline.sinks.redis.StreamAppend;
import io.massivepipeline.sinks.redis.WriteGroup;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A publication to {@code massive:ws:snapshot:{U}:{E}} and what goes with it, as one group: diff,
 * value, index, message. Unless the value is newer than what stands, none of it is written. The
 * index stays until an hour after the snapshot that stays longest.
 */
final class SnapshotWrites implements RedisWriteConverter<Publication> {

    private static final long serialVersionUID = 1L;

    private static final long DIFFS_KEPT = 600;
    private static final String VERSION = "version";

    /**
     * So far expiries are let be before they are moved: the index must not go before a snapshot.
     */
    private static final long INDEX_OUTLIVES_MS = Duration.ofHours(1).toMillis();

    private final Retention retention;

    SnapshotWrites(Retention retention) {
        this.retention = retention;
    }

    @Override
    public void convert(Publication publication, Consumer<RedisWrite> out) {
        long expireAt = retention.expireAt(publication.stream().expiry());
        out.accept(
                WriteGroup.of(
                        diff(publication, expireAt),
                        PutString.of(RedisKeys.snapshot(publication.stream()), publication.value())
                                .ifNewer(VERSION, publication.version())
                                .expireAt(expireAt),
                        PutHash.of(
                                        RedisKeys.SNAPSHOT_INDEX,
                                        Map.of(publication.stream().text(), age(publication)))
                                .expireAt(expireAt + INDEX_OUTLIVES_MS),
                        Publish.of(
                                RedisKeys.snapshotDiffChannel(publication.stream()),
                                new String(publication.diff(), StandardCharsets.UTF_8))));
    }

    private static StreamAppend diff(Publication publication, long expireAt) {
        return StreamAppend.to(RedisKeys.snapshotDiffs(publication.stream()), "json")
                .maxLength(DIFFS_KEPT)
                .expireAt(expireAt)
                .onPassed(PassedIds.FIRST_STANDS)
                .add(publication.version(), 0, publication.diff())
                .build();
    }

    private static String age(Publication publication) {
        return publication.version() + " " + publication.publishedAt() + " " + publication.rows();
    }
}
