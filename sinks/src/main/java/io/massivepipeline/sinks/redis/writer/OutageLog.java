package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.metrics.SinkMetrics;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.RejectedExecutionException;

/** Says once when Redis stops working and once when it works again, however many calls fail. */
final class OutageLog {

    private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);

    private final String redis;
    private final SinkMetrics metrics;

    private boolean out;
    private long since;

    /**
     * @param redis how to call it in the log
     */
    OutageLog(String redis, SinkMetrics metrics) {
        this.redis = redis;
        this.metrics = metrics;
    }

    void failed(String failure, long nowMillis) {
        if (!out) {
            out = true;
            since = nowMillis;
            metrics.outage();
            LOG.warn(
                    "{} does not take writes, which are tried again until it does: {}",
                    redis,
                    ErrorText.withoutArguments(failure));
        }
    }

    void answered(long nowMillis) {
        if (out) {
            out = false;
            LOG.info("{} takes writes again, after {} ms.", redis, nowMillis - since);
        }
    }

    void ignoredAfterClose(RejectedExecutionException e) {
        LOG.debug("An answer of {} came after the end of the task.", redis, e);
    }
}
