package io.massivepipeline.sources.poll.capture;

import io.massivepipeline.sources.feed.ContextLine;
import io.massivepipeline.sources.poll.ContextAnswer;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;

/**
 * Captured lines to answers. A line that is none is left out, said, the first ten times, and
 * counted in the metric {@code context.malformed}.
 */
public final class ReadContext extends RichFlatMapFunction<ContextLine, ContextAnswer> {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(ReadContext.class);
    private static final int MAX_WARNINGS = 10;

    private transient AnswerReader reader;
    private transient Counter malformed;

    @Override
    public void open(OpenContext context) {
        reader = new AnswerReader();
        malformed = getRuntimeContext().getMetricGroup().addGroup("context").counter("malformed");
    }

    @Override
    public void flatMap(ContextLine line, Collector<ContextAnswer> out) {
        ContextAnswer answer;
        try {
            answer = reader.read(line.at(), line.payload());
        } catch (IOException unreadable) {
            malformed.inc();
            if (malformed.getCount() <= MAX_WARNINGS) {
                LOG.warn(
                        "The captured answer of {} is left out: {}",
                        line.at(),
                        unreadable.getMessage());
            }
            return;
        }
        out.collect(answer);
    }
}
