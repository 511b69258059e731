package io.massivepipeline.sinks.redis.connection;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.event.connection.ReconnectFailedEvent;
import io.lettuce.core.resource.ClientResources;
import reactor.core.Disposable;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Knows how often connections of a client were lost, and why they could not be made again. */
public final class ConnectionWatch implements RedisConnectionStateListener {

    private final AtomicInteger losses = new AtomicInteger();
    private final AtomicReference<Throwable> reconnectFailure = new AtomicReference<>();
    private final Disposable subscription;

    ConnectionWatch(ClientResources resources) {
        subscription =
                resources
                        .eventBus()
                        .get()
                        .ofType(ReconnectFailedEvent.class)
                        .subscribe(event -> reconnectFailure.set(reasonOf(event.getCause())));
    }

    /** Rises with every connection that is lost. */
    public int losses() {
        return losses.get();
    }

    /** Why the last attempt to connect again failed, if none has succeeded since. */
    public Optional<Throwable> reconnectFailure() {
        return Optional.ofNullable(reconnectFailure.get());
    }

    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
        reconnectFailure.set(null);
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
        losses.incrementAndGet();
    }

    /**
     * Only a reply of the server is a reason to give up. A channel that closes while it is being
     * set up fails in ways of the client's own, which must not look like a mistake of the program.
     */
    private static Throwable reasonOf(Throwable failure) {
        return failure instanceof RedisException || failure instanceof IOException
                ? failure
                : new RedisConnectionException(
                        "Cannot connect again: " + failure.getMessage(), failure);
    }

    void stop() {
        subscription.dispose();
    }
}
