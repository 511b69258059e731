package io.massivepipeline.job.benchmark;

import java.util.DoubleSummaryStatistics;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What the log of a garbage collector ({@code -Xlog:gc}) says of a while.
 *
 * @param pauses in milliseconds, of collections and of what goes with them
 * @param left the heap that collections left in use, megabytes; what is not looked at yet counts
 */
record HeapUse(DoubleSummaryStatistics pauses, DoubleSummaryStatistics left) {

    private static final Pattern PAUSE =
            Pattern.compile("Pause .* \\d+M->(\\d+)M\\(\\d+M\\) ([0-9.]+)ms");

    static HeapUse in(String log) {
        return new HeapUse(
                PAUSE.matcher(log).results().mapToDouble(at -> number(at, 2)).summaryStatistics(),
                PAUSE.matcher(log).results().mapToDouble(at -> number(at, 1)).summaryStatistics());
    }

    private static double number(MatchResult pause, int group) {
        return Double.parseDouble(pause.group(group));
    }
}
