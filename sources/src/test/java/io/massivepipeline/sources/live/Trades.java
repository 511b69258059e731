package io.massivepipeline.sources.live;

import io.massivepipeline.fixtures.provider.ProviderEvent;
import io.massivepipeline.fixtures.provider.StandInProvider;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Numbered trades on their way through the stand-in, a few in a frame, at a steady rate. */
final class Trades implements AutoCloseable {

    private static final int STEP_MS = 5;

    private final StandInProvider provider;
    private final int perStep;
    private final AtomicLong sent = new AtomicLong();
    private final TreeMap<Long, Long> times = new TreeMap<>();
    private final Thread thread = new Thread(this::run, "trades");
    private volatile boolean closed;

    private Trades(StandInProvider provider, int perSecond) {
        this.provider = provider;
        this.perStep = Math.max(1, perSecond * STEP_MS / 1_000);
    }

    static Trades at(int perSecond, StandInProvider provider) {
        Trades trades = new Trades(provider, perSecond);
        trades.thread.setDaemon(true);
        trades.thread.start();
        return trades;
    }

    private void run() {
        long next = System.nanoTime();
        while (!closed) {
            List<ProviderEvent> events = new ArrayList<>();
            long now = System.currentTimeMillis();
            for (int i = 0; i < perStep; i++) {
                events.add(trade(sent.get() + i, now));
            }
            synchronized (times) {
                times.put(sent.get(), now);
            }
            sent.addAndGet(perStep);
            provider.publish(events);
            next += STEP_MS * 1_000_000L;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    static ProviderEvent trade(long number, long time) {
        String symbol = "O:SPXW251223P0687%04d".formatted(number % 7);
        return new ProviderEvent(
                "T",
                symbol,
                "{\"ev\":\"T\",\"sym\":\"%s\",\"x\":302,\"p\":5.5,\"s\":1,\"c\":[209],\"t\":%d,\"q\":%d}"
                        .formatted(symbol, time, number));
    }

    long sent() {
        return sent.get();
    }

    /** When a trade was published, Unix milliseconds. */
    long timeOf(long number) {
        synchronized (times) {
            return times.floorEntry(number).getValue();
        }
    }

    /** The numbers of the trades in frames. */
    static List<Long> numbers(List<String> frames) {
        List<Long> numbers = new ArrayList<>();
        for (String frame : frames) {
            for (int at = frame.indexOf("\"q\":"); at >= 0; at = frame.indexOf("\"q\":", at + 1)) {
                numbers.add(Long.parseLong(frame.substring(at + 4, frame.indexOf('}', at))));
            }
        }
        return numbers;
    }

    /** Stops; when it returns nothing more is sent. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
