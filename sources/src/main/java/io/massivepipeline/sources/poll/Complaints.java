package io.massivepipeline.sources.poll;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Says what goes wrong, of each thing at most once a minute, and when it is right again. */
public final class Complaints {

    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final Map<String, Complaint> open = new HashMap<>();

    /**
     * @param nanoTime a clock that never goes back
     */
    public Complaints(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Something about a thing went wrong. */
    public void add(String name, String problem) {
        Complaint complaint = open.computeIfAbsent(name, unused -> new Complaint());
        complaint.times++;
        long now = nanoTime.getAsLong();
        if (complaint.times == 1 || now - complaint.saidAt >= QUIET_NANOS) {
            complaint.saidAt = now;
            LOG.warn("No answer about {} ({} times in a row): {}", name, complaint.times, problem);
        }
    }

    /** The thing is right. */
    public void settle(String name) {
        Complaint settled = open.remove(name);
        if (settled != null) {
            LOG.info("{} is answered again after {} failures", name, settled.times);
        }
    }

    private static final class Complaint {
        private long times;
        private long saidAt;
    }
}
