package io.massivepipeline.sinks.redis.metrics;

/** The counters of the sink and the names under which they are published. */
public enum SinkCounter {
    ENTRIES_APPENDED("entriesAppended"),
    ENTRIES_DUPLICATE("entriesDuplicate"),
    ENTRIES_LATE("entriesLate"),
    ENTRIES_TRIMMED("entriesTrimmed"),
    WRITES_STALE("writesStale"),
    OVERSIZED("oversized"),
    BATCHES("batches"),
    RETRIES("retries"),
    OUTAGES("outages");

    private final String publicName;

    SinkCounter(String publicName) {
        this.publicName = publicName;
    }

    public String publicName() {
        return publicName;
    }
}
