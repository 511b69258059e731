package io.massivepipeline.sources.poll;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What the plan of the account lacks. It is said once and then not asked for, but for a try an
 * hour: plans are changed while jobs run, and refusals have been mistakes.
 */
public final class SwitchedOff {

    private static final Logger LOG = LoggerFactory.getLogger(SwitchedOff.class);
    private static final long RETRY_NANOS = Duration.ofHours(1).toNanos();

    private final LongSupplier nanoTime;
    private final Map<String, Long> refusedAt = new HashMap<>();

    /**
     * @param nanoTime a clock that never goes back
     */
    public SwitchedOff(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether a thing is not to be asked for now. */
    public boolean has(String name) {
        Long since = refusedAt.get(name);
        return since != null && nanoTime.getAsLong() - since < RETRY_NANOS;
    }

    /**
     * The provider refuses a thing.
     *
     * @param reason in its words
     */
    public void refused(String name, String reason) {
        if (refusedAt.put(name, nanoTime.getAsLong()) == null) {
            LOG.warn("{} is switched off, the plan does not include it: {}", name, reason);
        }
    }

    /** A thing was answered. */
    public void answered(String name) {
        if (refusedAt.remove(name) != null) {
            LOG.info("{} is answered again", name);
        }
    }
}
