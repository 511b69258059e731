package io.massivepipeline.cluster;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What a flight recording says of where time and memory go: the largest parts of each. */
final class JfrSummary {

    private static final int SHOWN = 15;
    private static final String CPU = "jdk.ExecutionSample";
    private static final String ALLOCATION = "jdk.ObjectAllocationSample";

    private final Map<String, Map<String, Long>> tables = new TreeMap<>();

    private JfrSummary() {}

    static JfrSummary of(Path recording) throws IOException {
        JfrSummary summary = new JfrSummary();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                switch (event.getEventType().getName()) {
                    case CPU -> {
                        summary.add("CPU by method", event, JfrSummary::top, each -> 1);
                        summary.add("CPU by method of ours", event, JfrSummary::ours, each -> 1);
                    }
                    case ALLOCATION -> {
                        summary.add(
                                "allocation by class", event, JfrSummary::kind, JfrSummary::weight);
                        summary.add(
                                "allocation by method of ours",
                                event,
                                JfrSummary::ours,
                                JfrSummary::weight);
                    }
                    default -> {}
                }
            }
        }
        return summary;
    }

    private void add(
            String table,
            RecordedEvent event,
            Function<RecordedEvent, String> key,
            ToLongFunction<RecordedEvent> weight) {
        tables.computeIfAbsent(table, t -> new HashMap<>())
                .merge(key.apply(event), weight.applyAsLong(event), Long::sum);
    }

    private static String top(RecordedEvent event) {
        List<RecordedFrame> frames = frames(event);
        return frames.isEmpty() ? "?" : name(frames.get(0));
    }

    /** The innermost method that this project has written. */
    private static String ours(RecordedEvent event) {
        return frames(event).stream()
                .map(JfrSummary::name)
                .filter(name -> name.startsWith("io.massivepipeline."))
                .findFirst()
                .orElse("none of ours");
    }

    private static String kind(RecordedEvent event) {
        return event.getClass("objectClass").getName();
    }

    private static long weight(RecordedEvent event) {
        return event.getLong("weight");
    }

    private static List<RecordedFrame> frames(RecordedEvent event) {
        return event.getStackTrace() == null ? List.of() : event.getStackTrace().getFrames();
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    /** Shares of the whole, a line each. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        tables.forEach(
                (title, parts) -> {
                    long whole = parts.values().stream().mapToLong(Long::longValue).sum();
                    text.append(title).append(":\n");
                    parts.entrySet().stream()
                            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                            .limit(SHOWN)
                            .forEach(
                                    part ->
                                            text.append(
                                                    String.format(
                                                            "  %5.1f %%  %s%n",
                                                            100.0 * part.getValue() / whole,
                                                            part.getKey())));
                });
        return text.toString();
    }
}
