package io.massivepipeline.job.output;

import io.massivepipeline.job.analytics.JobTotals;
import io.massivepipeline.job.analytics.SnapshotCounts;
import io.massivepipeline.job.analytics.TradeCounts;
import io.massivepipeline.job.structure.FeedCounts;
import io.massivepipeline.job.structure.LiveCounts;
import io.massivepipeline.sinks.redis.PutHash;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The whole job's counters to {@code massive:ws:analytics}. */
final class TotalsHash implements RedisWriteConverter<JobTotals> {

    private static final long serialVersionUID = 1L;

    @Override
    public void convert(JobTotals totals, Consumer<RedisWrite> out) {
        FeedCounts feed = totals.feed();
        TradeCounts trades = totals.trades();
        Map<String, String> fields = new HashMap<>();
        put(fields, "frames", feed.frames());
        put(fields, "bytes", feed.bytes());
        put(fields, "events", feed.events());
        put(fields, "trades", feed.trades());
        put(fields, "status_events", feed.statusEvents());
        put(fields, "other_events", feed.otherEvents());
        put(fields, "dead_letters", feed.deadLetters());
        put(fields, "duplicates", trades.duplicates());
        put(fields, "late", trades.late());
        put(fields, "cancels", trades.cancels());
        put(fields, "late_reports", trades.lateReports());
        put(fields, "volume", trades.volume());
        put(fields, "bursts", trades.bursts());
        put(fields, "burst_max", trades.burstMax());
        put(fields, "streams", trades.streams());
        put(fields, "last_ts", trades.lastTimestamp());
        if (feed.lastReceivedAt() != 0) {
            put(fields, "last_received_at", feed.lastReceivedAt());
        }
        if (feed.lagMs() != null) {
            put(fields, "lag_ms", feed.lagMs());
        }
        if (feed.live() != null) {
            live(fields, feed.live());
        }
        RateFields.put(fields, totals.rates());
        snapshots(fields, totals.snapshots());
        out.accept(PutHash.of(RedisKeys.ANALYTICS, fields));
    }

    private static void snapshots(Map<String, String> fields, SnapshotCounts snapshots) {
        put(fields, "snapshots_published", snapshots.published());
        put(fields, "snapshots_conflated", snapshots.conflated());
        put(fields, "snapshots_skipped", snapshots.skipped());
        put(fields, "rows_per_snapshot_p50", snapshots.rowsAt(0.5));
        put(fields, "rows_per_snapshot_p99", snapshots.rowsAt(0.99));
    }

    private static void live(Map<String, String> fields, LiveCounts live) {
        put(fields, "connected", live.connected() ? 1 : 0);
        put(fields, "reconnects", live.reconnects());
        put(fields, "gaps", live.gaps());
        put(fields, "gap_ms", live.gapMs());
        put(fields, "subscriptions_current", live.subscriptions());
        put(fields, "subscriptions_added_last", live.subscriptionsAdded());
        put(fields, "subscriptions_removed_last", live.subscriptionsRemoved());
        if (live.subscriptionsChangedAt() != 0) {
            put(fields, "last_subscription_update_ts", live.subscriptionsChangedAt());
        }
        put(fields, "journal_frames", live.journalFrames());
        put(fields, "journal_bytes", live.journalBytes());
        put(fields, "journal_lag_frames", live.journalLagFrames());
    }

    private static void put(Map<String, String> fields, String name, long value) {
        fields.put(name, Long.toString(value));
    }
}
