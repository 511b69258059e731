package io.massivepipeline.job.context;

import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.PollEvent;
import io.massivepipeline.sources.poll.PollStatistics;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** What pollers hand on to answers and, beside them, how the pollers fare. */
public final class SplitPolls extends ProcessFunction<PollEvent, ContextAnswer> {

    private static final long serialVersionUID = 1L;

    /** How the pollers fare. */
    public static final OutputTag<PollStatistics> STATISTICS =
            new OutputTag<>("poll-statistics") {
                private static final long serialVersionUID = 1L;
            };

    @Override
    public void processElement(PollEvent event, Context context, Collector<ContextAnswer> answers) {
        if (event.answer() != null) {
            answers.collect(event.answer());
        } else {
            context.output(STATISTICS, event.statistics());
        }
    }
}
