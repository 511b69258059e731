package io.massivepipeline.job.output;

import io.massivepipeline.job.analytics.ClosedWindows;
import io.massivepipeline.job.analytics.ExpiryAnalytics;
import io.massivepipeline.job.analytics.JobTotals;
import io.massivepipeline.job.analytics.TopContracts;
import io.massivepipeline.job.analytics.UnderlyingAnalytics;
import io.massivepipeline.job.context.ChainSelection;
import io.massivepipeline.job.context.Spot;
import io.massivepipeline.job.snapshot.Publication;
import io.massivepipeline.job.structure.TradeBatch;
import io.massivepipeline.sources.feed.FeedGap;
import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.poll.PollStatistics;
import io.massivepipeline.sources.wire.DeadLetter;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.functions.async.AsyncFunction;

/** Where the pipeline's results go. The wiring knows no Redis, so that tests can collect them. */
public interface Outputs {

    /** Ordered trades of all streams. */
    Sink<TradeBatch> trades();

    /** What could not be read. */
    Sink<DeadLetter> deadLetters();

    /** Where the live feed was not heard. */
    Sink<FeedGap> gaps();

    /** Now and then a whole frame, for eyes only. */
    Sink<RawFrame> samples();

    /** The whole job's counters. */
    Sink<JobTotals> totals();

    /** One-second windows of all streams. */
    Sink<ClosedWindows> windows();

    /** Where each underlying and expiry stands. */
    Sink<ExpiryAnalytics> expiries();

    /** Snapshots of each underlying and expiry. */
    Sink<Publication> snapshots();

    /** Finds out now and then, while the job goes on, which snapshots have expired. */
    AsyncFunction<JobTotals, IndexEntry> goneSnapshots();

    /** What is no longer said of snapshots. */
    Sink<IndexEntry> snapshotIndex();

    /** The contracts that trade most. */
    Sink<TopContracts> top();

    /** Where each underlying stands. */
    Sink<UnderlyingAnalytics> underlyings();

    /** Prices of which value or volume changed. */
    Sink<Spot> spots();

    /** What is selected of chains. */
    Sink<ChainSelection> chains();

    /** How the pollers fare. */
    Sink<PollStatistics> polls();
}
