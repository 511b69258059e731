package io.massivepipeline.job;

import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.job.oracle.ContextContent;
import io.massivepipeline.job.oracle.MarketOracle;
import io.massivepipeline.job.oracle.SelectionOracle;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A reader that never looks away: whenever anything of a chain or of its parameters is written, it
 * follows all pointers at once, and whatever they lead to must be what the market listed then,
 * whole; contracts and parameters with it.
 */
final class ContextWatch implements AutoCloseable {

    private static final String TOLD = "__keyspace@0__:";
    private static final Duration PATIENCE = Duration.ofMillis(200);

    /** What is written together is told together. */
    private static final Duration TOGETHER = Duration.ofMillis(1);

    private final ContextContent content;
    private final RespClient writes;
    private final MarketOracle market;
    private final double vix;
    private final Set<String> seen = new ConcurrentSkipListSet<>();
    private final Map<String, SelectionOracle> expected = new ConcurrentHashMap<>();
    private final AtomicReference<Throwable> wrong = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "context-watch");
    private volatile boolean closed;

    /**
     * @param vix at which the market stands all the time; its prices stand still too
     */
    ContextWatch(RedisServer redis, MarketOracle market, double vix) {
        this.content = new ContextContent(redis);
        this.writes = redis.connect();
        writes.command("CONFIG", "SET", "notify-keyspace-events", "KA");
        writes.command("PSUBSCRIBE", TOLD + "massive:chain:*:*", TOLD + "massive:ws:params:*");
        this.market = market;
        this.vix = vix;
        thread.setDaemon(true);
        thread.start();
    }

    /** How many different snapshots it has seen. */
    int seen() {
        return seen.size();
    }

    /** The first thing that was not right, or null. */
    Throwable wrong() {
        return wrong.get();
    }

    private void run() {
        try {
            while (!closed) {
                for (String stream : content.hash("massive:ws:params:index").keySet()) {
                    look(stream);
                }
                awaitWrites();
            }
        } catch (IOException | RuntimeException | AssertionError failure) {
            wrong.compareAndSet(null, failure);
        }
    }

    private void awaitWrites() {
        boolean told = false;
        while (!closed && !told) {
            told = isTold(PATIENCE);
        }
        while (told) {
            told = isTold(TOGETHER);
        }
    }

    private boolean isTold(Duration patience) {
        return writes.unasked(patience).isPresent();
    }

    private void look(String stream) throws IOException {
        JsonNode snapshot = content.snapshot(stream);
        long at = snapshot.get("ts_ms").longValue();
        SelectionOracle whole = ContextContent.selection(snapshot);
        String place = stream + " " + whole.dteDays() + " " + whole.dteIndex();
        SelectionOracle wanted =
                expected.computeIfAbsent(
                        place,
                        any -> market.selected(stream.replaceAll(":.*", ""), vix, at).get(stream));
        if (!whole.equals(wanted)) {
            throw new AssertionError("%s at %d: %s, not %s".formatted(stream, at, whole, wanted));
        }
        try {
            content.hasContracts(stream, wanted);
        } catch (AssertionError different) {
            // They are written together with the pointer.
            if (content.snapshot(stream).get("ts_ms").longValue() == at) {
                throw different;
            }
        }
        seen.add(stream + " " + at);
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        writes.close();
        content.close();
    }
}
