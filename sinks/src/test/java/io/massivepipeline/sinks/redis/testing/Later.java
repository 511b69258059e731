package io.massivepipeline.sinks.redis.testing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Something that happens beside a test after a while, and whose failure fails the test. */
public final class Later implements AutoCloseable {

    private final CompletableFuture<Void> done;

    private Later(CompletableFuture<Void> done) {
        this.done = done;
    }

    public static Later in(Duration delay, Runnable action) {
        Executor executor =
                CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
        return new Later(CompletableFuture.runAsync(action, executor));
    }

    public void await() {
        done.join();
    }

    @Override
    public void close() {
        done.join();
    }
}
