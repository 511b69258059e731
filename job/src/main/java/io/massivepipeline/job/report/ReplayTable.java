package io.massivepipeline.job.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The text that a replay ends with. */
public final class ReplayTable {

    private static final int MOST_ROWS = 40;
    private static final String ROW = "  %-22s %10s %12s %12s %12s   %-23s  %-23s%n";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private ReplayTable() {}

    /** Streams, totals, where to look further, and the rate on the last line. */
    public static String of(ReplayResult result, String redis) {
        StringBuilder text = new StringBuilder(System.lineSeparator());
        streams(result.streams(), text);
        totals(result, text);
        commands(result, redis, text);
        double seconds = Math.max(0.001, result.took().toNanos() / 1e9);
        line(
                text,
                "replayed %,d trades in %.1f s: %,.0f trades/s",
                result.total("trades"),
                seconds,
                result.total("trades") / seconds);
        return text.toString();
    }

    private static void streams(List<StreamRow> streams, StringBuilder text) {
        text.append(
                String.format(
                        ROW,
                        "stream",
                        "trades",
                        "volume",
                        "calls",
                        "puts",
                        "first (UTC)",
                        "last (UTC)"));
        for (StreamRow row : streams.subList(0, Math.min(MOST_ROWS, streams.size()))) {
            text.append(
                    String.format(
                            ROW,
                            row.key(),
                            row.entries(),
                            row.volume(),
                            row.calls(),
                            row.puts(),
                            time(row.firstTimestamp()),
                            time(row.lastTimestamp())));
        }
        if (streams.size() > MOST_ROWS) {
            line(text, "  ... and %,d more streams", streams.size() - MOST_ROWS);
        }
    }

    private static void totals(ReplayResult result, StringBuilder text) {
        line(text, "");
        for (String[] names :
                new String[][] {
                    {"frames", "events", "trades", "streams", "volume"},
                    {"duplicates", "late", "cancels", "late_reports", "trimmed", "dead_letters"},
                    {"bursts", "burst_max", "status_events", "other_events"}
                }) {
            StringBuilder row = new StringBuilder(" ");
            for (String name : names) {
                row.append(String.format(" %s %,d ", name.replace('_', ' '), result.total(name)));
            }
            line(text, "%s", row);
        }
    }

    private static void commands(ReplayResult result, String redis, StringBuilder text) {
        String cli = "  redis-cli -u " + redis;
        line(text, "");
        line(text, "Look further:");
        if (!result.streams().isEmpty()) {
            String busiest = result.streams().get(0).key();
            line(text, "%s XREVRANGE massive:trades:%s + - COUNT 3", cli, busiest);
        }
        line(text, "%s HGETALL massive:ws:analytics", cli);
        line(text, "%s XREVRANGE massive:ws:deadletter + - COUNT 3", cli);
        line(text, "");
    }

    private static String time(long timestamp) {
        return timestamp == 0 ? "" : TIME.format(Instant.ofEpochMilli(timestamp));
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
