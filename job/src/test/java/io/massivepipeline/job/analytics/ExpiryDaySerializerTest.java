package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.StreamKey;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import static io.massivepipeline.job.analytics.TestTrades.CALL;
import static io.massivepipeline.job.analytics.TestTrades.CANCELLED;
import static io.massivepipeline.job.analytics.TestTrades.PUT;
import static io.massivepipeline.job.analytics.TestTrades.batch;
import static io.massivepipeline.job.analytics.TestTrades.late;
import static io.massivepipeline.job.analytics.TestTrades.newYork;
import static io.massivepipeline.job.analytics.TestTrades.reported;
import static io.massivepipeline.job.analytics.TestTrades.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExpiryDaySerializerTest {

    private static final long NOON = newYork("2025-12-22T12:00:00");

    private final ExpiryDaySerializer serializer = new ExpiryDaySerializer();

    @Test
    void whatIsReadGoesOnAsWhatWasWritten() throws Exception {
        ExpiryDay day = example();

        ExpiryDay read = serializer.deserialize(input(bytes(day)));

        assertThat(bytes(read)).isEqualTo(bytes(day));
        assertStandsAsTheExample(read);
    }

    @Test
    void readsWhatTheFirstVersionWrote() throws Exception {
        assertStandsAsTheExample(serializer.deserialize(input(stored("expiry-day-v1.hex"))));
    }

    @Test
    void stillWritesWhatTheSecondVersionWrote() throws Exception {
        assertThat(bytes(example())).isEqualTo(stored("expiry-day-v2.hex"));
    }

    @Test
    void refusesAVersionThatItDoesNotKnow() throws Exception {
        byte[] bytes = bytes(example());
        bytes[0] = 99;

        assertThatThrownBy(() -> serializer.deserialize(input(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("99");
    }

    @Test
    void copiesBytesAsTheyAre() throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);

        serializer.copy(input(bytes(example())), out);

        assertThat(out.getCopyOfBuffer()).isEqualTo(bytes(example()));
    }

    @Test
    void isFoundAgainFromACheckpoint() throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
                out, serializer.snapshotConfiguration());

        TypeSerializerSnapshot<ExpiryDay> read =
                TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
                        input(out.getCopyOfBuffer()), getClass().getClassLoader());
        TypeSerializer<ExpiryDay> restored = read.restoreSerializer();

        assertThat(restored).isEqualTo(serializer);
        assertThat(serializer.snapshotConfiguration().resolveSchemaCompatibility(read))
                .matches(compatibility -> compatibility.isCompatibleAsIs());
    }

    /** A day with something in every part: two seconds, one open, a late and a cancelled trade. */
    private static ExpiryDay example() {
        ExpiryDay day = new ExpiryDay(StreamKey.parse("SPX:20251223"));
        day.add(
                batch(
                                late(NOON - 5000, PUT, 9),
                                trade(NOON, CALL, 3, "7.7"),
                                trade(NOON, CALL, 4, "0.000000000001"),
                                trade(NOON + 1000, PUT, 5),
                                reported(NOON + 1001, CALL, 6, CANCELLED))
                        .trades(),
                new BurstCounter(),
                NOON,
                window -> {});
        return day;
    }

    private static void assertStandsAsTheExample(ExpiryDay day) {
        assertThat(day.stream()).isEqualTo(StreamKey.parse("SPX:20251223"));
        assertThat(day.openEnd()).isEqualTo(NOON + 2000);
        DayAnalytics analytics = day.analytics(NOON + 2000);
        assertThat(analytics).isEqualTo(example().analytics(NOON + 2000));
        assertThat(analytics.sums().trades()).isEqualTo(5);
        assertThat(analytics.sums().bursts()).isEqualTo(1);
        assertThat(analytics.sums().premium()).isEqualByComparingTo("5810.0000000004");
        assertThat(analytics.rates()).isEqualTo(new Rates(2, 4, 4, 2));
        assertThat(day.top(50)).isEqualTo(new TopContracts(day.stream(), top()));
    }

    private static List<ContractVolume> top() {
        return List.of(new ContractVolume(CALL, 7), new ContractVolume(PUT, 5));
    }

    private byte[] bytes(ExpiryDay day) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(day, out);
        return out.getCopyOfBuffer();
    }

    private static byte[] stored(String name) throws IOException {
        try (InputStream file =
                ExpiryDaySerializerTest.class.getResourceAsStream("/analytics/" + name)) {
            String text = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
        }
    }

    private static DataInputDeserializer input(byte[] bytes) {
        return new DataInputDeserializer(bytes);
    }
}
