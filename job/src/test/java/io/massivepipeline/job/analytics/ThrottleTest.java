package io.massivepipeline.job.analytics;

import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class ThrottleTest {

    private final TestProcessingTimeService time = new TestProcessingTimeService();
    private final List<String> written = new ArrayList<>();
    private final Set<String> restless = new HashSet<>();
    private final Throttle<String> throttle =
            new Throttle<>(time, Duration.ofSeconds(1), this::write);

    @BeforeEach
    void startClock() throws Exception {
        time.setCurrentTime(10_000);
    }

    @Test
    void writesAKeyOnceAnIntervalHoweverOftenItChanges() throws Exception {
        throttle.add("a");
        throttle.add("a");
        time.setCurrentTime(10_999);
        throttle.add("a");
        assertThat(written).isEmpty();

        time.setCurrentTime(11_000);
        assertThat(written).containsExactly("a");
    }

    @Test
    void writesNothingWhileNothingChanges() throws Exception {
        throttle.add("a");
        time.setCurrentTime(20_000);

        assertThat(written).containsExactly("a");
        assertThat(time.getNumActiveTimers()).isZero();
    }

    @Test
    void everyKeyWaitsForItself() throws Exception {
        throttle.add("a");
        time.setCurrentTime(10_400);
        throttle.add("b");

        time.setCurrentTime(11_100);
        assertThat(written).containsExactly("a");

        time.setCurrentTime(11_400);
        assertThat(written).containsExactly("a", "b");
    }

    @Test
    void manyKeysThatAreDueTogetherAreWrittenInTurnsThatLetOthersIn() throws Exception {
        for (int key = 0; key < 1000; key++) {
            throttle.add("key " + key);
        }
        List<Integer> seenBetween = new ArrayList<>();
        time.registerTimer(11_000, now -> seenBetween.add(written.size()));

        time.setCurrentTime(11_000);

        assertThat(written).hasSize(1000).doesNotHaveDuplicates();
        assertThat(seenBetween).allMatch(size -> size < 1000);
    }

    @Test
    void goesOnAsLongAsTimeAloneChangesSomething() throws Exception {
        restless.add("a");
        throttle.add("a");
        time.setCurrentTime(11_000);
        time.setCurrentTime(12_000);
        restless.clear();
        time.setCurrentTime(13_000);
        time.setCurrentTime(14_000);

        assertThat(written).containsExactly("a", "a", "a");
    }

    @Test
    void writesTheRestAtTheEndAndThenIsSilent() throws Exception {
        restless.add("a");
        throttle.add("a");
        throttle.add("b");

        throttle.writeRest();
        assertThat(written).containsExactly("a", "b");

        time.setCurrentTime(20_000);
        assertThat(written).containsExactly("a", "b");
    }

    private boolean write(String key) {
        written.add(key);
        return restless.contains(key);
    }
}
