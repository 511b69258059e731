package io.massivepipeline.job.output;

import io.massivepipeline.job.analytics.JobTotals;
import io.massivepipeline.job.structure.TradeBatch;
import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.wire.DeadLetter;

import org.apache.flink.api.connector.sink2.Sink;

/** Where the pipeline's results go. The wiring knows no Redis, so that tests can collect them. */
public interface Outputs {

    /** Ordered trades of all streams. */
    Sink<TradeBatch> trades();

    /** What could not be read. */
    Sink<DeadLetter> deadLetters();

    /** Now and then a whole frame, for eyes only. */
    Sink<RawFrame> samples();

    /** The whole job's counters. */
    Sink<JobTotals> totals();
}
