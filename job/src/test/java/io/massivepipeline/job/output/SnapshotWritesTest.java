package io.massivepipeline.job.output;

import io.massivepipeline.job.snapshot.Publication;
import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sinks.redis.PassedIds;
import io.massivepipeline.sinks.redis.Publish;
import io.massivepipeline.sinks.redis.PutHash;
import io.massivepipeline.sinks.redis.PutString;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RemoveFields;
import io.massivepipeline.sinks.redis.StreamAppend;
import io.massivepipeline.sinks.redis.WriteGroup;

import org.apache.flink.types.PojoTestUtils;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotWritesTest {

    /** 2025-12-24T00:00 in New York and three days. */
    private static final long EXPIRES = 1_766_552_400_000L + 3 * 86_400_000L;

    private static final long VERSION = 1766437799400L;

    @Test
    void aPublicationIsOneGroupOfDiffValueIndexAndMessage() {
        byte[] value = "{\"version\":1766437799400}".getBytes(StandardCharsets.UTF_8);
        byte[] diff = "{\"base\":0}".getBytes(StandardCharsets.UTF_8);
        Publication publication =
                new Publication(
                        StreamKey.parse("SPX:20251223"), VERSION, VERSION + 31, 104, value, diff);

        List<RedisWrite> writes = new ArrayList<>();
        new SnapshotWrites(
                        new Retention(
                                Duration.ofDays(3),
                                Clock.fixed(Instant.parse("2025-12-22T17:00:00Z"), ZoneOffset.UTC)))
                .convert(publication, writes::add);

        assertThat(writes)
                .containsExactly(
                        WriteGroup.of(
                                StreamAppend.to("massive:ws:snapshot:SPX:20251223:diffs", "json")
                                        .maxLength(600)
                                        .expireAt(EXPIRES)
                                        .onPassed(PassedIds.FIRST_STANDS)
                                        .add(VERSION, 0, diff)
                                        .build(),
                                PutString.of("massive:ws:snapshot:SPX:20251223", value)
                                        .ifNewer("version", VERSION)
                                        .expireAt(EXPIRES),
                                PutHash.of(
                                                "massive:ws:snapshot:index",
                                                Map.of(
                                                        "SPX:20251223",
                                                        "1766437799400 1766437799431 104"))
                                        .expireAt(EXPIRES + 3_600_000L),
                                Publish.of(
                                        "massive:ws:snapshot:SPX:20251223:diff", "{\"base\":0}")));
    }

    @Test
    void whatIsGoneLeavesTheIndexUnlessItHasChanged() {
        List<RedisWrite> writes = new ArrayList<>();
        new SnapshotIndexWrites().convert(new IndexEntry("SPX:20251223", "17 18 104"), writes::add);

        assertThat(writes)
                .containsExactly(
                        RemoveFields.ifUnchanged(
                                "massive:ws:snapshot:index", Map.of("SPX:20251223", "17 18 104")));
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(IndexEntry.class);
    }
}
