package io.massivepipeline.sinks.redis.connection;

import io.massivepipeline.sinks.redis.RedisConnectionConfig;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions.RefreshTrigger;
import io.lettuce.core.protocol.ProtocolVersion;

import java.io.File;
import java.time.Duration;

/**
 * How the client behaves. It connects again by itself, but repeats nothing and holds nothing back
 * while it is disconnected: what to repeat, and in which order, only the writer knows.
 */
final class RedisClientOptions {

    private RedisClientOptions() {}

    static ClientOptions single(RedisConnectionConfig config) {
        return common(ClientOptions.builder(), config).build();
    }

    static ClusterClientOptions cluster(RedisConnectionConfig config) {
        ClusterTopologyRefreshOptions refresh =
                ClusterTopologyRefreshOptions.builder()
                        .enableAdaptiveRefreshTrigger(RefreshTrigger.values())
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
        if (trustStore.endsWith(".pem") || trustStore.endsWith(".crt")) {
            builder.trustManager(new File(trustStore));
        } else if (!trustStore.isEmpty()) {
            builder.truststore(new File(trustStore));
        }
        return builder.build();
    }
}
