package io.massivepipeline.sinks.redis;

import io.massivepipeline.fixtures.redis.OnEveryRedis;
import io.massivepipeline.fixtures.redis.RedisCluster;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisRuntime;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.fixtures.redis.RespClient.StreamEntry;
import io.massivepipeline.fixtures.redis.SlotMove;
import io.massivepipeline.sinks.redis.testing.Later;
import io.massivepipeline.sinks.redis.testing.Traffic;
import io.massivepipeline.sinks.redis.testing.WriterHarness;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Three masters on loopback. */
@OnEveryRedis
class RedisClusterITCase {

    private final RedisRuntime runtime;

    RedisClusterITCase(RedisRuntime runtime) {
        this.runtime = runtime;
    }

    private static WriterHarness sink(RedisCluster cluster, int replicas) throws Exception {
        return new WriterHarness(
                RedisConnectionConfig.builder()
                        .uris(cluster.uris())
                        .commandTimeout(Duration.ofSeconds(2))
                        .minReplicas(replicas)
                        .build());
    }

    private static void assertComplete(Traffic traffic, RedisCluster cluster) {
        traffic.assertComplete(key -> cluster.ownerOf(key).connect());
    }

    @Test
    void writesWhileASlotMoves() throws Exception {
        Traffic traffic = new Traffic(8, 50);
        try (RedisCluster cluster = RedisCluster.start(runtime);
                WriterHarness sink = sink(cluster, 0)) {
            traffic.write(sink, 10);
            sink.flush();
            RedisServer from = cluster.ownerOf(Traffic.key(0));
            RedisServer to = cluster.nodes().get((cluster.nodes().indexOf(from) + 1) % 3);

            // The stream moves before its companion: neither node can run the script meanwhile
            SlotMove move = cluster.beginMove(cluster.slot(Traffic.key(0)), to);
            traffic.write(sink, 2);
            sink.flush();
            assertThat(move.moveKeys(1)).isEqualTo(1);
            traffic.write(sink, 2);
            try (Later rest =
                    Later.in(
                            Duration.ofMillis(300),
                            () -> {
                                move.moveKeys(10);
                                move.finish();
                            })) {
                sink.flush();
                rest.await();
            }
            traffic.write(sink, 5);
            sink.flush();

            assertThat(cluster.ownerOf(Traffic.key(0))).isSameAs(to);
            assertComplete(traffic, cluster);
        }
    }

    @Test
    void losesNothingWhenAMasterDiesAndAReplicaMustConfirm() throws Exception {
        Traffic traffic = new Traffic(8, 20);
        RedisOptions options = RedisOptions.defaults();
        try (RedisCluster cluster = RedisCluster.start(runtime, 3, 2, options);
                WriterHarness sink = sink(cluster, 1)) {
            traffic.write(sink, 5);
            sink.flush();
            RedisServer victim = cluster.ownerOf(Traffic.key(0));
            try (Later death = Later.in(Duration.ofMillis(20), victim::kill)) {
                for (int i = 0; i < 20; i++) {
                    traffic.write(sink, 2);
                    sink.flush();
                }
                death.await();
            }
            traffic.write(sink, 2);
            sink.flush();

            assertThat(cluster.ownerOf(Traffic.key(0))).isNotSameAs(victim);
            assertComplete(traffic, cluster);
        }
    }

    private static WriteGroup snapshot(long version) {
        return WriteGroup.of(
                StreamAppend.to("diffs", "json").add(version, 0, "d").build(),
                PutString.of("value", "{\"version\":" + version + "}").ifNewer("version", version),
                PutHash.of("index", Map.of("value", "" + version)),
                Publish.of("changes", "d"));
    }

    @Test
    void writesGroupsInOrderAndStopsAtWhatIsNotNewer() throws Exception {
        try (RedisCluster cluster = RedisCluster.start(runtime);
                WriterHarness sink = sink(cluster, 0)) {
            for (long version : new long[] {5, 4, 6}) {
                sink.writeAll(snapshot(version), PutString.of("diffs-seen", "" + version));
            }

            try (RespClient value = cluster.ownerOf("value").connect();
                    RespClient diffs = cluster.ownerOf("diffs").connect();
                    RespClient index = cluster.ownerOf("index").connect()) {
                assertThat(value.text("GET", "value")).isEqualTo("{\"version\":6}");
                assertThat(index.hash("index")).isEqualTo(Map.of("value", "6"));
                assertThat(diffs.stream("diffs").stream().map(StreamEntry::id))
                        .containsExactly("5-0", "6-0");
            }
        }
    }

    @Test
    void endsAGroupThatWasCutShort() throws Exception {
        try (RedisCluster cluster = RedisCluster.start(runtime);
                WriterHarness sink = sink(cluster, 0);
                RespClient index = cluster.ownerOf("index").connect()) {
            sink.writeAll(snapshot(5), snapshot(6));

            // Given a crash between value and index
            index.command("HSET", "index", "value", "5");

            // When what followed the last checkpoint is written again
            sink.writeAll(snapshot(5));
            assertThat(index.hash("index")).isEqualTo(Map.of("value", "5"));
            sink.writeAll(snapshot(6));

            // Then
            assertThat(index.hash("index")).isEqualTo(Map.of("value", "6"));
            try (RespClient diffs = cluster.ownerOf("diffs").connect()) {
                assertThat(diffs.stream("diffs")).hasSize(2);
            }
        }
    }

    @Test
    void removesFieldsOfHashesOnAllNodes() throws Exception {
        try (RedisCluster cluster = RedisCluster.start(runtime);
                WriterHarness sink = sink(cluster, 0)) {
            for (int i = 0; i < 20; i++) {
                Map<String, String> seen = Map.of("gone", "" + i, "again", "" + i);
                sink.write(PutHash.of("h" + i, seen));
                sink.write(PutHash.of("h" + i, Map.of("again", "anew", "kept", "1")));
                sink.write(RemoveFields.ifUnchanged("h" + i, seen));
            }
            sink.flush();

            for (int i = 0; i < 20; i++) {
                try (RespClient node = cluster.ownerOf("h" + i).connect()) {
                    assertThat(node.hash("h" + i)).isEqualTo(Map.of("again", "anew", "kept", "1"));
                }
            }
        }
    }

    @Test
    void refusesAStreamWhoseCompanionCannotShareItsSlot() throws Exception {
        try (RedisCluster cluster = RedisCluster.start(runtime);
                WriterHarness sink = sink(cluster, 0)) {
            StreamAppendBuilder builder =
                    StreamAppend.to("a}b", "v")
                            .onPassed(PassedIds.APPEND_LATE)
                            .lateField("late_of")
                            .companion("late:");
            assertThatThrownBy(() -> sink.writeAll(builder.add(1, 0, "1").build()))
                    .isInstanceOf(RedisSinkException.class)
                    .hasMessageContaining("a}b");
        }
    }
}
