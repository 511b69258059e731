package io.massivepipeline.job.benchmark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Random;

/**
 * A long feed for measuring: clean trades in frames of 25, 2 000 a second of event time, as on a
 * busy day, in as many streams as asked for, 80 contracts each.
 */
final class BenchmarkFeed {

    private static final int FRAME = 25;
    private static final int STRIKES = 40;
    private static final int EXPIRIES = 5;
    private static final int PER_MILLISECOND = 2;
    private static final long START = 1766437200000L;
    private static final DateTimeFormatter EXPIRY = DateTimeFormatter.ofPattern("yyMMdd");
    private static final int[] CONDITIONS = {209, 209, 209, 227, 232, 233};

    private BenchmarkFeed() {}

    static void write(Path file, int trades, int streams) throws IOException {
        Random random = new Random(7);
        String[] series = series(streams);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            StringBuilder frame = new StringBuilder();
            for (int i = 0; i < trades; i++) {
                frame.append(i % FRAME == 0 ? "[" : ",");
                trade(frame, series[random.nextInt(streams)], i, random);
                if (i % FRAME == FRAME - 1 || i == trades - 1) {
                    out.write(frame.append("]\n").toString().getBytes(StandardCharsets.US_ASCII));
                    frame.setLength(0);
                }
            }
        }
    }

    private static void trade(StringBuilder frame, String series, int i, Random random) {
        frame.append("{\"ev\":\"T\",\"sym\":\"O:")
                .append(series)
                .append(random.nextBoolean() ? 'C' : 'P')
                .append(
                        String.valueOf(100_000_000 + (6700 + 5 * random.nextInt(STRIKES)) * 1000),
                        1,
                        9)
                .append("\",\"x\":")
                .append(300 + random.nextInt(24))
                .append(",\"p\":")
                .append(1 + random.nextInt(60))
                .append('.')
                .append(1 + random.nextInt(99))
                .append(",\"s\":")
                .append(1 + random.nextInt(20))
                .append(",\"c\":[")
                .append(CONDITIONS[random.nextInt(CONDITIONS.length)])
                .append("],\"t\":")
                .append(START + i / PER_MILLISECOND)
                .append(",\"q\":")
                .append(1_000_000 + i * 3L)
                .append('}');
    }

    /** Root and expiry of each stream: roots of letters, five expiries each. */
    private static String[] series(int streams) {
        String[] series = new String[streams];
        for (int i = 0; i < streams; i++) {
            int root = i / EXPIRIES;
            series[i] =
                    ""
                            + (char) ('A' + root / 676 % 26)
                            + (char) ('A' + root / 26 % 26)
                            + (char) ('A' + root % 26)
                            + EXPIRY.format(LocalDate.of(2025, 12, 22).plusDays(i % EXPIRIES));
        }
        return series;
    }
}
