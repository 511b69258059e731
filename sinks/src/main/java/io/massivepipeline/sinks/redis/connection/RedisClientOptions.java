package io.massivepipeline.sinks.redis.connection;

import io.massivepipeline.sinks.redis.RedisConnectionConfig;
import io.massivepipeline.sinks.redis.RedisSinkException;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.protocol.ProtocolVersion;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * How the client behaves. It connects again by itself, but repeats nothing and holds nothing back
 * while it is disconnected: what to repeat, and in which order, only the writer knows.
 */
final class RedisClientOptions {

    /** A trust store has no secret in it; tools that insist on a password are given this one. */
    private static final String CUSTOMARY_PASSWORD = "changeit";

    private static final String PEM = "-----BEGIN";

    private RedisClientOptions() {}

    static ClientOptions single(RedisConnectionConfig config) {
        return common(ClientOptions.builder(), config).build();
    }

    static ClusterClientOptions cluster(RedisConnectionConfig config) {
        ClusterTopologyRefreshOptions refresh =
                ClusterTopologyRefreshOptions.builder()
                        .adaptiveRefreshTriggersTimeout(Duration.ofSeconds(1))
                        .enablePeriodicRefresh(Duration.ofSeconds(30))
                        .build();
        ClusterClientOptions.Builder builder = ClusterClientOptions.builder();
        common(builder, config);
        return builder.topologyRefreshOptions(refresh).build();
    }

    private static ClientOptions.Builder common(
            ClientOptions.Builder builder, RedisConnectionConfig config) {
        return builder.autoReconnect(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(command -> true)
                .requestQueueSize(config.requestQueueSize())
                .protocolVersion(ProtocolVersion.RESP2)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(
                        SocketOptions.builder()
                                .connectTimeout(config.connectTimeout())
                                .keepAlive(true)
                                .tcpNoDelay(true)
                                .build())
                .timeoutOptions(TimeoutOptions.enabled(config.commandTimeout()))
                .sslOptions(ssl(config.trustStore()));
    }

    private static SslOptions ssl(String trustStore) {
        SslOptions.Builder builder = SslOptions.builder().jdkSslProvider();
        if (!trustStore.isEmpty()) {
            File file = new File(trustStore);
            if (isPem(file)) {
                builder.trustManager(file);
            } else {
                builder.truststore(file, CUSTOMARY_PASSWORD);
            }
        }
        return builder.build();
    }

    private static boolean isPem(File file) {
        byte[] beginning = new byte[PEM.length()];
        try (InputStream in = new FileInputStream(file)) {
            int read = in.readNBytes(beginning, 0, beginning.length);
            return new String(beginning, 0, read, StandardCharsets.US_ASCII).equals(PEM);
        } catch (IOException e) {
            throw new RedisSinkException("The trust store cannot be read: " + file, e);
        }
    }
}
