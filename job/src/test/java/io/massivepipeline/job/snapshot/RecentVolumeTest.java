package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.structure.GatheredOutput;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;

class RecentVolumeTest {

    private static final long SECOND = 1000;
    private static final long NOON = 1_766_422_800_000L;

    private final Map<String, Long> heard = new HashMap<>();
    private RecentVolume recent = new RecentVolume();

    private record Added(long secondEnd, String ticker, long volume) {}

    @Test
    void aSecondCountsFromItsEndForAMinute() {
        recent.add(NOON + SECOND, "A", 5);

        assertThat(advancedTo(NOON + 999)).isEmpty();
        assertThat(recent.nextChange()).isEqualTo(NOON + SECOND);
        assertThat(advancedTo(NOON + SECOND)).isEqualTo(Map.of("A", 5L));
        assertThat(recent.nextChange()).isEqualTo(NOON + 61 * SECOND);
        assertThat(advancedTo(NOON + 61 * SECOND - 1)).isEqualTo(Map.of("A", 5L));
        assertThat(advancedTo(NOON + 61 * SECOND)).isEmpty();
        assertThat(recent.nextChange()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatIsOfNoVolumeChangesNothing() {
        recent.add(NOON + SECOND, "A", 0);

        assertThat(recent.nextChange()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void saysWhatOneWouldCountThroughCopiesRestartsAndSilences() throws IOException {
        Random random = new Random(17);
        List<Added> all = new ArrayList<>();
        RecentVolume read = new RecentVolume();
        byte[] written = bytes(read);
        long instant = NOON;
        for (int i = 0; i < 3000; i++) {
            // Given trades of the second that goes on, and of the next one
            for (int n = random.nextInt(12); n > 0; n--) {
                long secondEnd = Math.floorDiv(instant, SECOND) * SECOND + SECOND;
                Added added = new Added(secondEnd, "" + random.nextInt(20), random.nextInt(9));
                all.add(added);
                recent.add(added.secondEnd(), added.ticker(), added.volume());
            }
            recent = random.nextInt(20) == 0 ? restarted() : recent;
            if (random.nextInt(20) == 0) {
                read = recent;
                written = bytes(read);
                recent = recent.copy();
            }

            // When time goes on, by an instant or by minutes
            instant += random.nextInt(50) == 0 ? random.nextInt(150_000) : random.nextInt(400);

            // Then the sums are those of the seconds that ended within the minute before
            assertThat(bytes(read)).as("what a checkpoint reads meanwhile").isEqualTo(written);
            long completed = Math.floorDiv(instant, SECOND) * SECOND;
            all.removeIf(added -> added.secondEnd() <= completed - 60 * SECOND);
            assertThat(advancedTo(instant))
                    .isEqualTo(
                            all.stream()
                                    .filter(added -> added.volume() > 0)
                                    .filter(added -> added.secondEnd() <= completed)
                                    .collect(
                                            groupingBy(Added::ticker, summingLong(Added::volume))));
        }
    }

    private Map<String, Long> advancedTo(long instant) {
        recent.advanceTo(instant, (ticker, by) -> heard.merge(ticker, by, Long::sum));
        heard.values().removeIf(volume -> volume == 0);
        return heard;
    }

    private RecentVolume restarted() throws IOException {
        return RecentVolume.read(new DataInputDeserializer(bytes(recent)));
    }

    private static byte[] bytes(RecentVolume volume) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        GatheredOutput gathered = new GatheredOutput();
        gathered.begin(out);
        volume.write(gathered);
        gathered.handOn();
        return out.getCopyOfBuffer();
    }
}
