package io.massivepipeline.job.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A captured feed with all that makes a feed hard: disorder, bursts, late trades, repeats, silences
 * with ticks, missing fields, broken elements and frames. The same seed makes the same feed.
 */
public final class RandomFeed {

    private static final String[] ROOTS = {"SPXW", "SPX", "NDXP", "SPY", "QQQ", "GME1", "4SPX"};
    private static final String[] EXPIRIES = {"251222", "251223", "260116"};
    private static final int[] CONDITIONS = {209, 209, 209, 227, 232, 201, 204, 248};

    /** Monday in New York. */
    private static final long AFTERNOON = 1766437799000L;

    private final Random random;
    private final int streams;
    private final List<String> sent = new ArrayList<>();
    private long time;
    private long number = 1_000_000;

    private RandomFeed(long seed, int streams, long start) {
        this.random = new Random(seed);
        this.streams = streams;
        this.time = start;
    }

    /** Writes a feed of a few streams. */
    public static Path write(Path file, long seed, int frames) throws IOException {
        return write(file, seed, frames, ROOTS.length);
    }

    /**
     * Writes a feed.
     *
     * @param roots how many option roots trade; each has three expiries
     */
    public static Path write(Path file, long seed, int frames, int roots) throws IOException {
        return write(file, seed, frames, roots, AFTERNOON);
    }

    /**
     * Writes a feed.
     *
     * @param roots how many option roots trade; each has three expiries
     * @param start its first event time, Unix milliseconds
     */
    public static Path write(Path file, long seed, int frames, int roots, long start)
            throws IOException {
        RandomFeed feed = new RandomFeed(seed, roots, start);
        List<String> lines = new ArrayList<>();
        lines.add(
                feed.received()
                        + "\t[{\"ev\":\"status\",\"status\":\"connected\",\"message\":\"\"}]");
        for (int i = 0; i < frames; i++) {
            if (feed.chance(0.03)) {
                feed.silence(lines);
            }
            lines.add(feed.received() + "\t" + feed.frame());
        }
        return Files.write(file, lines);
    }

    private void silence(List<String> lines) {
        int length = 100 + random.nextInt(2500);
        for (int after = 100; after < length; after += 1000) {
            lines.add((received() + after) + "\t");
        }
        time += length;
    }

    private String frame() {
        List<String> elements = new ArrayList<>();
        for (int i = 1 + random.nextInt(30); i > 0; i--) {
            time += random.nextInt(4);
            element(elements);
        }
        String frame = "[" + String.join(",", elements) + "]";
        return chance(0.02) ? frame.substring(0, frame.length() - 9) : frame;
    }

    private void element(List<String> into) {
        if (chance(0.01)) {
            into.add("{\"ev\":\"Q\",\"sym\":\"O:SPXW251223P06870000\",\"bp\":9.71}");
        } else if (chance(0.01)) {
            into.add(trade(time, "\"p\":\"seven\",\"s\":1"));
        } else if (chance(0.03) && !sent.isEmpty()) {
            into.add(sent.get(Math.max(0, sent.size() - 1 - random.nextInt(200))));
        } else {
            int burst = chance(0.06) ? 2 + random.nextInt(4) : 1;
            for (int i = 0; i < burst; i++) {
                into.add(trade(when(), "\"p\":%s,\"s\":%s".formatted(price(), size())));
                sent.add(into.get(into.size() - 1));
            }
        }
    }

    private long when() {
        if (chance(0.02)) {
            return time - 150 - random.nextInt(4000);
        }
        if (chance(0.002)) {
            return time + random.nextInt(70_000);
        }
        return chance(0.05) ? time - random.nextInt(60) : time;
    }

    private String trade(long timestamp, String priceAndSize) {
        number += 1 + random.nextInt(9);
        int root = random.nextInt(streams);
        String name =
                root < ROOTS.length ? ROOTS[root] : "R" + Integer.toString(root, 26).toUpperCase();
        StringBuilder text = new StringBuilder("{\"ev\":\"T\",\"sym\":\"O:");
        text.append(name)
                .append(EXPIRIES[random.nextInt(EXPIRIES.length)])
                .append(random.nextBoolean() ? 'C' : 'P')
                .append(String.format("%08d", 1000 * (100 + random.nextInt(20))))
                .append("\",")
                .append(priceAndSize)
                .append(",\"t\":")
                .append(timestamp);
        if (!chance(0.02)) {
            text.append(",\"q\":").append(number);
        }
        if (!chance(0.02)) {
            text.append(",\"x\":").append(300 + random.nextInt(20));
        }
        if (!chance(0.02)) {
            text.append(",\"c\":[")
                    .append(CONDITIONS[random.nextInt(CONDITIONS.length)])
                    .append(']');
        }
        return text.append('}').toString();
    }

    private String price() {
        return (1 + random.nextInt(60)) + "." + random.nextInt(100);
    }

    private String size() {
        return (1 + random.nextInt(20)) + (chance(0.02) ? ".0" : "");
    }

    private long received() {
        return time + 20;
    }

    private boolean chance(double part) {
        return random.nextDouble() < part;
    }
}
