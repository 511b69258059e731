package io.massivepipeline.job.report.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the windows that it is shown. */
final class TimelineBuilder implements WindowScan.Visitor {

    /** About as many as a wide screen has room for. */
    private static final int MOST_STEPS = 1200;

    private static final String OTHER = "other";
    private static final long SECOND = 1000;

    private final Map<String, TreeMap<Long, Long>> trades = new LinkedHashMap<>();

    /**
     * @param named the underlyings that get a series of their own, in their order
     */
    TimelineBuilder(List<String> named) {
        named.forEach(underlying -> trades.put(underlying, new TreeMap<>()));
    }

    @Override
    public void visit(String key, long second, Map<String, String> fields) {
        String underlying = key.substring(0, key.indexOf(':'));
        trades.computeIfAbsent(
                        trades.containsKey(underlying) ? underlying : OTHER, n -> new TreeMap<>())
                .merge(second, Long.parseLong(fields.get("trades")), Long::sum);
    }

    Timeline build() {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (TreeMap<Long, Long> seconds : trades.values()) {
            if (!seconds.isEmpty()) {
                first = Math.min(first, seconds.firstKey());
                last = Math.max(last, seconds.lastKey());
            }
        }
        if (first > last) {
            return new Timeline(0, 1, List.of());
        }
        long seconds = (last - first) / SECOND + 1;
        int step = Math.toIntExact((seconds + MOST_STEPS - 1) / MOST_STEPS);
        int steps = Math.toIntExact((seconds + step - 1) / step);
        List<Timeline.Series> series = new ArrayList<>();
        for (Map.Entry<String, TreeMap<Long, Long>> underlying : trades.entrySet()) {
            if (!underlying.getValue().isEmpty()) {
                double[] rates = rates(underlying.getValue(), first, step, steps);
                series.add(new Timeline.Series(underlying.getKey(), rates));
            }
        }
        return new Timeline(first, step, series);
    }

    private static double[] rates(TreeMap<Long, Long> trades, long first, int step, int steps) {
        double[] rates = new double[steps];
        trades.forEach(
                (second, count) ->
                        rates[Math.toIntExact((second - first) / SECOND / step)] += count);
        for (int i = 0; i < steps; i++) {
            rates[i] = Math.round(rates[i] / step * 10) / 10.0;
        }
        return rates;
    }
}
