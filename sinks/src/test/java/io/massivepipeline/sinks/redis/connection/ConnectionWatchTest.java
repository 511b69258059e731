package io.massivepipeline.sinks.redis.connection;

import io.massivepipeline.sinks.redis.retry.ErrorClassifier;
import io.massivepipeline.sinks.redis.retry.ErrorKind;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.event.connection.ReconnectFailedEvent;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ConnectionWatchTest {

    private final ClientResources resources = DefaultClientResources.create();
    private final ConnectionWatch watch = new ConnectionWatch(resources);

    @AfterEach
    void stop() throws Exception {
        watch.stop();
        resources.shutdown(0, 1, TimeUnit.SECONDS).get();
    }

    @Test
    void isPatientWithAChannelThatClosesWhileItIsSetUp() {
        assertThat(judged(new IllegalStateException("RedisHandshakeHandler not registered")))
                .isEqualTo(ErrorKind.RETRYABLE);
    }

    @Test
    void isPatientWhileNobodyListens() {
        assertThat(judged(new ConnectException("Connection refused")))
                .isEqualTo(ErrorKind.RETRYABLE);
    }

    @Test
    void givesUpWhenTheServerRefuses() {
        Exception refused =
                new RedisConnectionException(
                        "Unable to connect",
                        new RedisCommandExecutionException("WRONGPASS invalid password"));

        assertThat(judged(refused)).isEqualTo(ErrorKind.FATAL);
    }

    /** What becomes of a call that fails while a connection cannot be made again. */
    private ErrorKind judged(Exception failure) {
        InetSocketAddress address = InetSocketAddress.createUnresolved("localhost", 6379);
        resources
                .eventBus()
                .publish(
                        new ReconnectFailedEvent(
                                "redis://localhost", "1", address, address, failure, 1));
        await().until(() -> watch.reconnectFailure().isPresent());
        return ErrorClassifier.classify(watch.reconnectFailure().orElseThrow());
    }
}
