package io.massivepipeline.job.report.result;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Keeps the largest bursts of the windows that it is shown; of equal ones the earlier. */
final class LargestBursts implements WindowScan.Visitor {

    private static final Comparator<Burst> LARGEST_FIRST =
            Comparator.comparingInt(Burst::trades)
                    .reversed()
                    .thenComparingLong(Burst::second)
                    .thenComparing(Burst::key);

    private final int most;
    private final PriorityQueue<Burst> kept = new PriorityQueue<>(LARGEST_FIRST.reversed());

    LargestBursts(int most) {
        this.most = most;
    }

    @Override
    public void visit(String key, long second, Map<String, String> fields) {
        int trades = Integer.parseInt(fields.getOrDefault("burst_max", "1"));
        if (trades > 1) {
            kept.add(new Burst(second, key, trades));
            if (kept.size() > most) {
                kept.remove();
            }
        }
    }

    List<Burst> largestFirst() {
        return kept.stream().sorted(LARGEST_FIRST).toList();
    }
}
