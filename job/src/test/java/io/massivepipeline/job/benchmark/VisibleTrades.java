package io.massivepipeline.job.benchmark;

import io.massivepipeline.fixtures.provider.NumberedTrades;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;

import org.HdrHistogram.Recorder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A consumer of some streams that waits in {@code XREAD BLOCK}, and how long after it was sent by
 * the provider it sees each trade. The clock is this process's own, at both ends.
 */
final class VisibleTrades implements AutoCloseable {

    private static final long LONGEST_MICROS = 60_000_000;

    private final RespClient redis;
    private final NumberedTrades trades;
    private final Map<String, String> lastIds = new LinkedHashMap<>();
    private final Recorder micros = new Recorder(LONGEST_MICROS, 3);
    private final Thread thread = new Thread(this::run, "visible-trades");
    private volatile boolean closed;

    VisibleTrades(RedisServer server, List<String> streams, NumberedTrades trades) {
        this.redis = server.connect();
        this.trades = trades;
        streams.forEach(stream -> lastIds.put(stream, "$"));
        thread.setDaemon(true);
        thread.start();
    }

    /** What was seen since the last call. */
    Delays taken() {
        return new Delays(micros.getIntervalHistogram());
    }

    private void run() {
        while (!closed) {
            List<Object> command = new ArrayList<>(List.of("XREAD", "BLOCK", "500", "STREAMS"));
            command.addAll(lastIds.keySet());
            command.addAll(lastIds.values());
            Object reply = redis.command(command.toArray());
            long now = System.nanoTime();
            if (reply != null) {
                ((List<?>) reply).forEach(stream -> stream((List<?>) stream, now));
            }
        }
    }

    private void stream(List<?> reply, long now) {
        for (Object entry : (List<?>) reply.get(1)) {
            List<?> idAndFields = (List<?>) entry;
            lastIds.put((String) reply.get(0), (String) idAndFields.get(0));
            List<?> fields = (List<?>) idAndFields.get(1);
            long number = number(fields) - NumberedTrades.FIRST;
            long took = (now - trades.sentAtNanos(number)) / 1_000;
            micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, took)));
        }
    }

    private static long number(List<?> fields) {
        return Long.parseLong((String) fields.get(fields.indexOf("q") + 1));
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        redis.close();
    }
}
