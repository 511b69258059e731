package io.massivepipeline.sinks.redis;

import io.massivepipeline.fixtures.redis.OnEveryRedis;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisRuntime;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.fixtures.tcp.TcpProxy;
import io.massivepipeline.fixtures.tls.TestCertificates;
import io.massivepipeline.sinks.redis.testing.Traffic;
import io.massivepipeline.sinks.redis.testing.WriterHarness;

import io.lettuce.core.RedisException;
import io.lettuce.core.codec.StringCodec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Users, passwords, TLS, names, databases, and what happens when they are wrong. */
@OnEveryRedis
class RedisConnectionITCase {

    /** What the README says that a user needs. */
    private static final String RIGHTS =
            "+@read +@write +@scripting +@connection +time +wait +publish";

    private static final String USER = "writer on >s3cret ~traffic:* ~late:* " + RIGHTS;
    private static final int INTERRUPTIONS = 60;

    /** When a connection is made in a process that has made some. */
    private static final int LONGEST_MS = 12;

    private static final RedisOptions WITH_USER =
            RedisOptions.defaults().withPassword("default-s3cret").withUser(USER);

    private final RedisRuntime runtime;

    @TempDir private Path folder;

    RedisConnectionITCase(RedisRuntime runtime) {
        this.runtime = runtime;
    }

    private String file(String content) throws Exception {
        return Files.writeString(folder.resolve("password"), content).toString();
    }

    @Test
    void writesOverTlsAsAnAclUser() throws Exception {
        TestCertificates certificates = TestCertificates.create(folder);
        Traffic traffic = new Traffic(3, 20);
        try (RedisServer server = runtime.start(WITH_USER.withTls(certificates))) {
            for (Path trusted : new Path[] {certificates.authority(), certificates.trustStore()}) {
                try (WriterHarness sink =
                        new WriterHarness(
                                RedisConnectionConfig.builder()
                                        .uri(server.uri())
                                        .username("writer")
                                        .passwordFile(file("s3cret\n"))
                                        .trustStore(trusted.toString())
                                        .build())) {
                    traffic.write(sink, 2);
                    sink.flush();
                }
            }
            try (RespClient redis = server.connect()) {
                traffic.assertComplete(redis);
            }
        }
    }

    @Test
    void doesNotTrustAnUnknownCertificate() throws Exception {
        TestCertificates certificates = TestCertificates.create(folder);
        try (RedisServer server = runtime.start(RedisOptions.defaults().withTls(certificates))) {
            assertThatThrownBy(
                            () ->
                                    new WriterHarness(
                                            RedisConnectionConfig.builder()
                                                    .uri(server.uri())
                                                    .startTimeout(Duration.ZERO)
                                                    .build()))
                    .isInstanceOf(RedisSinkException.class)
                    .hasMessageContaining("certification path")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void failsAtOnceWithAWrongPassword() throws Exception {
        try (RedisServer server = runtime.start(WITH_USER)) {
            assertThatThrownBy(
                            () ->
                                    new WriterHarness(
                                            RedisConnectionConfig.builder()
                                                    .uri(server.uri())
                                                    .username("writer")
                                                    .passwordFile(file("wr0ng"))
                                                    .startTimeout(Duration.ofMinutes(5))
                                                    .build()))
                    .isInstanceOf(RedisSinkException.class)
                    .hasMessageContaining("WRONGPASS")
                    .hasMessageContaining(server.uri())
                    .hasMessageNotContainingAny("wr0ng", "\n");
        }
    }

    @Test
    void failsAtOnceWithoutAPassword() throws Exception {
        try (RedisServer server = runtime.start(WITH_USER)) {
            assertThatThrownBy(() -> new WriterHarness(RedisConnectionConfig.of(server.uri())))
                    .isInstanceOf(RedisSinkException.class)
                    .hasMessageContaining("NOAUTH");
        }
    }

    @Test
    void failsForGoodWithoutPermission() throws Exception {
        try (RedisServer server = runtime.start(WITH_USER);
                WriterHarness sink =
                        new WriterHarness(
                                RedisConnectionConfig.builder()
                                        .uri(server.uri())
                                        .username("writer")
                                        .passwordFile(file("s3cret"))
                                        .build())) {
            assertThatThrownBy(() -> sink.writeAll(PutString.of("forbidden", "value")))
                    .isInstanceOf(RedisSinkException.class)
                    .hasMessageContaining("NOPERM")
                    .hasMessageContaining("forbidden")
                    .hasMessageNotContainingAny("value", "s3cret");
        }
    }

    @Test
    void failsForGoodWhenThePasswordIsChanged() throws Exception {
        Traffic traffic = new Traffic(1, 5);
        try (RedisServer server = runtime.start(RedisOptions.defaults().withPassword("0ld"));
                TcpProxy network = TcpProxy.to(server.host(), server.port());
                RespClient admin = server.connect();
                WriterHarness sink =
                        new WriterHarness(
                                RedisConnectionConfig.builder()
                                        .uri("redis://127.0.0.1:" + network.port())
                                        .passwordFile(file("0ld"))
                                        .build())) {
            traffic.write(sink, 1);
            sink.flush();
            admin.command("CONFIG", "SET", "requirepass", "n3w");
            network.cut();

            traffic.write(sink, 1);
            assertThatThrownBy(sink::flush)
                    .isInstanceOf(RedisSinkException.class)
                    .hasMessageContaining("WRONGPASS")
                    .hasMessageNotContainingAny("0ld", "n3w");
        }
    }

    @Test
    void givesUpWhenNobodyIsThereAtTheStart() {
        assertThatThrownBy(
                        () ->
                                new WriterHarness(
                                        RedisConnectionConfig.builder()
                                                .uri("redis://127.0.0.1:1")
                                                .startTimeout(Duration.ofMillis(600))
                                                .build()))
                .isInstanceOf(RedisSinkException.class)
                .hasMessageContaining("redis://127.0.0.1:1")
                .hasMessageContaining("refused")
                .hasMessageNotContaining("\n");
    }

    @Test
    void waitsAtTheStartForAServerThatComes() throws Exception {
        Traffic traffic = new Traffic(1, 5);
        try (RedisServer server = runtime.start(RedisOptions.defaults());
                TcpProxy network = TcpProxy.to(server.host(), server.port())) {
            network.refuse();
            try (var later =
                            io.massivepipeline.sinks.redis.testing.Later.in(
                                    Duration.ofMillis(500), network::accept);
                    WriterHarness sink =
                            new WriterHarness(
                                    RedisConnectionConfig.of(
                                            "redis://127.0.0.1:" + network.port()));
                    RespClient redis = server.connect()) {
                traffic.write(sink, 1);
                sink.flush();
                later.await();
                traffic.assertComplete(redis);
            }
        }
    }

    @Test
    void namesItsConnectionsAndSelectsADatabase() throws Exception {
        try (RedisServer server = runtime.start(RedisOptions.defaults());
                RespClient redis = server.connect();
                WriterHarness sink =
                        new WriterHarness(
                                RedisConnectionConfig.builder()
                                        .uri(server.uri() + "/3")
                                        .clientName("pipeline")
                                        .build())) {
            sink.writeAll(PutString.of("k", "v"));

            assertThat(redis.text("CLIENT", "LIST")).contains("name=pipeline");
            redis.command("SELECT", "3");
            assertThat(redis.text("GET", "k")).isEqualTo("v");
        }
    }

    @Test
    void lendsConnectionsForText() throws Exception {
        try (RedisServer server = runtime.start(RedisOptions.defaults());
                RedisConnectionFactory factory =
                        new RedisConnectionFactory(RedisConnectionConfig.of(server.uri()))) {
            assertThat(factory.connect().sync().set("k", "v")).isEqualTo("OK");
            server.kill();
            assertThatThrownBy(factory::connect).isInstanceOf(RedisException.class);
        }
    }

    @Test
    void endsItsThreadsEvenIfTheTaskIsInterrupted() throws Exception {
        Traffic traffic = new Traffic(3, 20);
        try (RedisServer server = runtime.start(RedisOptions.defaults());
                RespClient redis = server.connect()) {
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            WriterHarness sink = new WriterHarness(RedisConnectionConfig.of(server.uri()));
            traffic.write(sink, 5);

            // When the task is cancelled while a batch is on its way
            Thread.currentThread().interrupt();
            sink.close();

            // Then its owner still learns of it, and nothing is left
            assertThat(Thread.interrupted()).isTrue();
            Awaitility.await()
                    .untilAsserted(
                            () ->
                                    assertThat(Thread.getAllStackTraces().keySet())
                                            .filteredOn(thread -> !before.contains(thread))
                                            .extracting(Thread::getName)
                                            .noneMatch(name -> name.startsWith("lettuce")));
            Awaitility.await().until(() -> redis.text("CLIENT", "LIST").lines().count() == 1);
        }
    }

    @Test
    void leavesNoConnectionIfTheTaskIsInterruptedWhileItConnects() throws Exception {
        try (RedisServer server = runtime.start(RedisOptions.defaults());
                RespClient redis = server.connect()) {
            for (int attempt = 0; attempt < INTERRUPTIONS; attempt++) {
                // When a task is cancelled sooner or later while it starts
                Thread task = new Thread(() -> connectAndClose(server));
                task.start();
                Awaitility.await()
                        .pollDelay(Duration.ofMillis(attempt % LONGEST_MS))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> true);
                task.interrupt();
                task.join();
            }

            // Then nothing is left of it
            Awaitility.await().until(() -> redis.text("CLIENT", "LIST").lines().count() == 1);
        }
    }

    /** Interrupted or not, as a task that starts and ends. */
    private static void connectAndClose(RedisServer server) {
        try (RedisConnectionFactory factory =
                new RedisConnectionFactory(RedisConnectionConfig.of(server.uri()))) {
            factory.connectAtStart(StringCodec.UTF8);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        }
    }
}
