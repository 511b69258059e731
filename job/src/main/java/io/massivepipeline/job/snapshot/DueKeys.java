package io.massivepipeline.job.snapshot;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys that wait for a token, and which of them has the next one: nearest expiry first, then
 * the largest change, but only with a share of the tokens, since near expiries are always due
 * again. The rest goes to whoever waits longest.
 *
 * <p>With n keys due and r tokens a second, the longest waiting get the share {@code w / (w + s)}
 * of them, w being n / r seconds, s {@value #SPARE_SECONDS}. So each is served after at most w + s
 * seconds, while with few keys due almost all tokens follow the preference.
 */
final class DueKeys {

    /** Of the five seconds that the contract allows above n / r; the rest is for uneven keys. */
    private static final double SPARE_SECONDS = 3;

    private final double rate;

    /** In the order in which they became due. */
    private final Map<String, Due> keys = new LinkedHashMap<>();

    private double owedToOldest;

    /** What is known of a key that waits. */
    private static final class Due {

        private final int expiry;
        private int changes;
        private int cuts;

        private Due(int expiry) {
            this.expiry = expiry;
        }
    }

    /**
     * @param rate tokens a second; 0 for no limit
     */
    DueKeys(double rate) {
        this.rate = rate;
    }

    /**
     * Has a key wait, or says how it changed since.
     *
     * @param expiry the date as a number
     * @param changes how many rows may have changed
     * @param cuts how many cuts came together with this call
     */
    void add(String key, int expiry, int changes, int cuts) {
        Due due = keys.computeIfAbsent(key, added -> new Due(expiry));
        due.changes = changes;
        due.cuts += cuts;
    }

    boolean contains(String key) {
        return keys.containsKey(key);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    int size() {
        return keys.size();
    }

    /** All of them, the longest waiting first. */
    List<String> keys() {
        return List.copyOf(keys.keySet());
    }

    /** Whose turn it is; there must be one. */
    String next() {
        double wait = rate == 0 ? 0 : keys.size() / rate;
        owedToOldest += wait / (wait + SPARE_SECONDS);
        if (owedToOldest >= 1) {
            owedToOldest--;
            return keys.keySet().iterator().next();
        }
        Iterator<Map.Entry<String, Due>> all = keys.entrySet().iterator();
        Map.Entry<String, Due> best = all.next();
        while (all.hasNext()) {
            Map.Entry<String, Due> other = all.next();
            if (isBefore(other.getValue(), best.getValue())) {
                best = other;
            }
        }
        return best.getKey();
    }

    private static boolean isBefore(Due one, Due other) {
        return one.expiry != other.expiry ? one.expiry < other.expiry : one.changes > other.changes;
    }

    /** Ends the waiting of a key and says how many cuts came together meanwhile. */
    int remove(String key) {
        Due due = keys.remove(key);
        return due == null ? 0 : due.cuts;
    }
}
