package io.massivepipeline.job.analytics;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class VolumeQueueTest {

    private record Volume(long second, String contract, long volume) {}

    @Test
    void isEmptyAtFirstAndWhenAllIsDropped() {
        VolumeQueue<String> queue = new VolumeQueue<>();
        assertThat(queue.first()).isEqualTo(queue.end()).isZero();

        for (int i = 0; i < 128; i++) {
            queue.append(i, "A", i);
        }
        queue.dropUntil(queue.end());

        assertThat(queue.first()).isEqualTo(queue.end()).isEqualTo(128);
        queue.append(7, "B", 9);
        assertThat(contentOf(queue)).containsExactly(new Volume(7, "B", 9));
    }

    @Test
    void keepsEachAtItsPositionThroughDropsAndCopies() {
        // Given what a plain list would hold, and copies of it with what they held
        Random random = new Random(5);
        List<Volume> expected = new ArrayList<>();
        VolumeQueue<String> queue = new VolumeQueue<>();
        List<VolumeQueue<String>> copied = new ArrayList<>();
        List<List<Volume>> then = new ArrayList<>();

        // When volumes come and go, and now and then another one goes on
        for (int i = 0; i < 20_000; i++) {
            Volume added = new Volume(i, "C" + random.nextInt(9), random.nextLong());
            queue.append(added.second(), added.contract(), added.volume());
            expected.add(added);
            if (random.nextInt(50) == 0) {
                int drop = random.nextInt(expected.size() + 1);
                queue.dropUntil(queue.first() + drop);
                expected.subList(0, drop).clear();
            }
            if (random.nextInt(500) == 0) {
                copied.add(queue);
                then.add(List.copyOf(expected));
                queue = queue.copy();
            }
        }

        // Then it holds what the list holds, and what was copied holds what it held
        assertThat(contentOf(queue)).isEqualTo(expected);
        assertThat(queue.end()).isEqualTo(20_000);
        for (int i = 0; i < copied.size(); i++) {
            assertThat(contentOf(copied.get(i))).isEqualTo(then.get(i));
        }
    }

    @Test
    void bothGoOnWithoutTheOtherNoticing() {
        VolumeQueue<String> queue = new VolumeQueue<>();
        queue.append(1, "A", 1);

        VolumeQueue<String> copy = queue.copy();
        VolumeQueue<String> copyOfCopy = copy.copy();
        copy.append(2, "copy", 2);
        copyOfCopy.append(2, "copy of copy", 2);
        queue.append(2, "queue", 2);

        assertThat(queue.contract(1)).isEqualTo("queue");
        assertThat(copy.contract(1)).isEqualTo("copy");
        assertThat(copyOfCopy.contract(1)).isEqualTo("copy of copy");
    }

    private static List<Volume> contentOf(VolumeQueue<String> queue) {
        List<Volume> content = new ArrayList<>();
        for (long i = queue.first(); i < queue.end(); i++) {
            content.add(new Volume(queue.second(i), queue.contract(i), queue.volume(i)));
        }
        return content;
    }
}
