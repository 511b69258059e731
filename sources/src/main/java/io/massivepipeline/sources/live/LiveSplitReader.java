package io.massivepipeline.sources.live;

import io.massivepipeline.sources.feed.FeedStatus;
import io.massivepipeline.sources.live.journal.JournalEntry;
import io.massivepipeline.sources.provider.FatalFeedException;

import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the journal of the feed, in the fetcher's thread, and waits there for more. */
final class LiveSplitReader implements SplitReader<JournalEntry, LiveSplit> {

    private static final long WAIT_MS = 500;

    private final LiveSettings settings;
    private final Progress progress;
    private final LiveMetrics metrics;
    private volatile LiveFeed feed;
    private volatile boolean paused;
    private FeedStatus told;

    LiveSplitReader(LiveSettings settings, Progress progress, LiveMetrics metrics) {
        this.settings = settings;
        this.progress = progress;
        this.metrics = metrics;
    }

    @Override
    public void handleSplitsChanges(SplitsChange<LiveSplit> change) {
        try {
            feed = LiveFeed.open(settings, change.splits().get(0), progress);
        } catch (IOException e) {
            throw new IllegalStateException("The live feed cannot begin: " + e.getMessage(), e);
        }
        metrics.of(feed);
    }

    @Override
    public RecordsWithSplitIds<JournalEntry> fetch() throws IOException {
        List<JournalEntry> entries = paused ? List.of() : feed.poll();
        if (entries.isEmpty()) {
            entries = waited();
        }
        Throwable failure = feed.failure();
        if (failure instanceof FatalFeedException fatal) {
            throw fatal;
        }
        if (failure != null) {
            throw new IOException("The live feed ended: " + failure.getMessage(), failure);
        }
        return records(entries);
    }

    private List<JournalEntry> waited() throws IOException {
        try {
            feed.await(WAIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for the live feed", e);
        }
        return paused ? List.of() : feed.poll();
    }

    private RecordsWithSplitIds<JournalEntry> records(List<JournalEntry> entries) {
        List<JournalEntry> records = entries;
        FeedStatus status = feed.lastStatus();
        if (status != told) {
            told = status;
            records = new ArrayList<>(entries);
            records.add(new JournalEntry(status, LiveSplit.UNKNOWN, status.at(), false));
        }
        return new RecordsBySplits<>(
                records.isEmpty() ? Map.of() : Map.of(LiveSplit.ID, records), Set.of());
    }

    /** A paused feed is still received: the journal holds it. */
    @Override
    public void pauseOrResumeSplits(Collection<LiveSplit> toPause, Collection<LiveSplit> toResume) {
        paused = !toPause.isEmpty();
    }

    @Override
    public void wakeUp() {
        if (feed != null) {
            feed.wakeUp();
        }
    }

    @Override
    public void close() throws IOException {
        if (feed != null) {
            feed.close();
        }
    }
}
