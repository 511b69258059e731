package io.massivepipeline.job.report;

import io.massivepipeline.job.report.result.ActiveContract;
import io.massivepipeline.job.report.result.Burst;
import io.massivepipeline.job.report.result.ExpiryResult;
import io.massivepipeline.job.report.result.ReplayResult;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The text that a replay ends with, for a terminal of 100 columns. */
public final class ReplayTable {

    private static final int MOST_ROWS = 40;

    private static final String HEAD = "  %-16s%9s%10s%10s%10s%6s%12s%8s%7s  %-8s";
    private static final String ROW = "  %-16s%,9d%,10d%,10d%,10d%6s%12s%,8d%7s  %-8s";

    private static final String[][] COUNTERS = {
        {"frames", "events", "trades", "streams", "volume"},
        {"duplicates", "late", "cancels", "late_reports", "trimmed", "dead_letters"},
        {"bursts", "burst_max", "status_events", "other_events"},
        {"snapshots_published", "snapshots_conflated", "snapshots_skipped"}
    };

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneId.of("America/New_York"));

    private final StringBuilder text = new StringBuilder();

    private ReplayTable() {}

    /**
     * Expiries, totals, bursts, contracts, where to look further, and the rate on the last line.
     *
     * @param redis where it stands
     * @param report the page that was written about it
     */
    public static String of(ReplayResult result, String redis, Optional<ReportFile> report) {
        ReplayTable table = new ReplayTable();
        table.expiries(result.expiries());
        table.totals(result);
        table.bursts(result.bursts());
        table.active(result.active());
        table.further(result, redis, report);
        table.line(
                "replayed %,d trades in %.1f s: %,.0f trades/s",
                result.total("trades"),
                result.seconds(),
                result.total("trades") / result.seconds());
        return table.text.toString();
    }

    private void expiries(List<ExpiryResult> expiries) {
        if (expiries.isEmpty()) {
            return;
        }
        line("");
        line(
                HEAD,
                "expiry",
                "trades",
                "volume",
                "calls",
                "puts",
                "P/C",
                "premium $",
                "peak/s",
                "burst",
                "last");
        for (ExpiryResult expiry : expiries.subList(0, Math.min(MOST_ROWS, expiries.size()))) {
            long burst = expiry.number("burst_max");
            line(
                    ROW,
                    expiry.key(),
                    expiry.entries(),
                    expiry.number("volume"),
                    expiry.number("call_volume"),
                    expiry.number("put_volume"),
                    ratio(expiry.number("put_volume"), expiry.number("call_volume")),
                    dollars(expiry.premium()),
                    expiry.number("peak_rate_1s"),
                    burst > 1 ? burst : "-",
                    time(expiry.number("last_ts")));
        }
        if (expiries.size() > MOST_ROWS) {
            line("  ... and %,d more", expiries.size() - MOST_ROWS);
        }
        line(
                "  trades: in the stream, all else of the newest trade date; burst: of one contract"
                        + " in 1 ms; last: New York");
    }

    private void totals(ReplayResult result) {
        line("");
        for (String[] names : COUNTERS) {
            StringBuilder row = new StringBuilder(" ");
            for (String name : names) {
                row.append(
                        String.format(
                                Locale.ROOT,
                                " %s %,d ",
                                name.replace('_', ' '),
                                result.total(name)));
            }
            line("%s", row.toString().stripTrailing());
        }
    }

    private void bursts(List<Burst> bursts) {
        if (!bursts.isEmpty()) {
            line("");
            line("Largest bursts (trades of one contract in one millisecond, New York time):");
            for (Burst burst : bursts) {
                line("  %s  %-16s %,5d", time(burst.second()), burst.key(), burst.trades());
            }
        }
    }

    private void active(List<ActiveContract> contracts) {
        if (!contracts.isEmpty()) {
            line("");
            line("Most traded contracts (volume of the last 60 s):");
            for (ActiveContract contract : contracts) {
                line("  %-26s%,9d", contract.contract(), contract.volume());
            }
        }
    }

    private void further(ReplayResult result, String redis, Optional<ReportFile> report) {
        String cli = "  redis-cli -u " + redis;
        line("");
        line("Look further:");
        report.ifPresent(file -> line("  %s", file));
        if (!result.expiries().isEmpty()) {
            String busiest = result.expiries().get(0).key();
            line("%s XREVRANGE massive:trades:%s + - COUNT 3", cli, busiest);
            line("%s HGETALL massive:ws:analytics:%s", cli, busiest);
        }
        line("%s HGETALL massive:ws:snapshot:index", cli);
        line("%s XREVRANGE massive:ws:deadletter + - COUNT 3", cli);
        line("");
    }

    private static String ratio(long part, long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.2f", (double) part / whole);
    }

    /** Three or four digits and their unit: {@code 1.23M}. */
    private static String dollars(BigDecimal amount) {
        double value = amount.doubleValue();
        if (value < 1e4) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        if (value < 1e6) {
            return String.format(Locale.ROOT, "%.1fk", value / 1e3);
        }
        return value < 1e9
                ? String.format(Locale.ROOT, "%.2fM", value / 1e6)
                : String.format(Locale.ROOT, "%.2fB", value / 1e9);
    }

    private static String time(long timestamp) {
        return timestamp == 0 ? "" : TIME.format(Instant.ofEpochMilli(timestamp));
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing())
                .append(System.lineSeparator());
    }
}
