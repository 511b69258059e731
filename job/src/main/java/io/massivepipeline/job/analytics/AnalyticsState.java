package io.massivepipeline.job.analytics;

import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

import java.time.Duration;

/** The named state of this package's operators, in one place. */
final class AnalyticsState {

    /**
     * How long what nobody trades stays: longer than the longest trade date, which reaches from
     * Friday 20:00 to Monday 20:00, so that the sums that go with it are over.
     */
    static final long LINGER_MS = Duration.ofDays(4).toMillis();

    private AnalyticsState() {}

    /** One key: the whole job's counters. */
    static ValueStateDescriptor<JobState> job() {
        return new ValueStateDescriptor<>("job", TypeInformation.of(JobState.class));
    }

    /** Keyed by underlying and expiry: the running trade date. */
    static ValueStateDescriptor<ExpiryDay> expiryDay() {
        return new ValueStateDescriptor<>("expiry-day", new ExpiryDaySerializer());
    }

    /** Keyed by underlying: the seconds of the running trade date. */
    static ValueStateDescriptor<UnderlyingDay> underlyingDay() {
        return new ValueStateDescriptor<>(
                "underlying-day", TypeInformation.of(UnderlyingDay.class));
    }

    /** Keyed by underlying: where its expiries stand on the running trade date. */
    static MapStateDescriptor<Integer, DayAnalytics> expiries() {
        return new MapStateDescriptor<>(
                "expiries", Types.INT, TypeInformation.of(DayAnalytics.class));
    }
}
