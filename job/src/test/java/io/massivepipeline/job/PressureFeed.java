package io.massivepipeline.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * A captured feed of 2 000 expiries that trade all the time, the nearest 20 of them most: it knows
 * when each traded.
 */
final class PressureFeed {

    static final int KEYS = 2000;

    /** The expiry of those that are near. */
    static final String NEAR = "20251223";

    private static final int NEAR_KEYS = 20;
    private static final int FAR_EXPIRIES = 20;
    private static final int FRAME_MS = 20;
    private static final int TRADES_A_FRAME = 40;

    /** Monday in New York. */
    private static final long START = 1766437799000L;

    private final Map<String, TreeSet<Long>> trades = new HashMap<>();

    private PressureFeed() {}

    static PressureFeed write(Path file, long seed, int seconds) throws IOException {
        PressureFeed feed = new PressureFeed();
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (long at = START; at < START + seconds * 1000L; at += FRAME_MS) {
            List<String> elements = new ArrayList<>();
            for (int i = 0; i < TRADES_A_FRAME; i++) {
                int key = random.nextInt(random.nextInt(3) == 0 ? NEAR_KEYS : KEYS);
                elements.add(feed.trade(key, at, number++));
            }
            lines.add(at + "\t[" + String.join(",", elements) + "]");
        }
        Files.write(file, lines);
        return feed;
    }

    private String trade(int key, long at, int number) {
        int root = key < NEAR_KEYS ? key : key / FAR_EXPIRIES;
        String name = "S" + (char) ('A' + root / 26) + (char) ('A' + root % 26);
        String expiry = key < NEAR_KEYS ? NEAR : "202601%02d".formatted(1 + key % FAR_EXPIRIES);
        trades.computeIfAbsent(name + ":" + expiry, stream -> new TreeSet<>()).add(at);
        return "{\"ev\":\"T\",\"sym\":\"O:%s%sC00100000\",\"x\":300,\"p\":7.5,\"s\":1,\"c\":[209],\"q\":%d,\"t\":%d}"
                .formatted(name, expiry.substring(2), 1_000_000 + number, at);
    }

    /** Event times by underlying and expiry. */
    Map<String, TreeSet<Long>> trades() {
        return trades;
    }
}
