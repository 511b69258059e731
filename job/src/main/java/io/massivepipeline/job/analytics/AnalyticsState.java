package io.massivepipeline.job.analytics;

import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The named state of this package's operators, in one place. */
final class AnalyticsState {

    private AnalyticsState() {}

    /** One key: the whole job's counters. */
    static ValueStateDescriptor<JobTotals> totals() {
        return new ValueStateDescriptor<>("totals", TypeInformation.of(JobTotals.class));
    }
}
