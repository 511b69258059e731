package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sources.trade.OptionTrade;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import static io.massivepipeline.job.snapshot.TestCuts.batch;
import static io.massivepipeline.job.snapshot.TestCuts.chain;
import static io.massivepipeline.job.snapshot.TestCuts.newYork;
import static io.massivepipeline.job.snapshot.TestCuts.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExpirySnapshotSerializerTest {

    private static final long NOON = newYork("2025-12-22T12:00:00");
    private static final String CALL = "O:SPXW251223C06870000";
    private static final String PUT = "O:SPXW251223P06872500";
    private static final String GONE = "O:SPXW251223P06880000";

    private final ExpirySnapshotSerializer serializer = new ExpirySnapshotSerializer();
    private final RowText rowText = new RowText();
    private final CutGrid grid = new CutGrid(200);

    @Test
    void whatIsReadGoesOnAsWhatWasWritten() throws Exception {
        ExpirySnapshot read = serializer.deserialize(input(bytes(example())));

        assertThat(bytes(read)).isEqualTo(bytes(example()));
        assertGoesOnAsTheExample(read);
    }

    @Test
    void readsWhatTheFirstVersionWrote() throws Exception {
        assertGoesOnAsTheExample(serializer.deserialize(input(stored("expiry-snapshot-v1.hex"))));
    }

    @Test
    void stillWritesWhatTheSecondVersionWrote() throws Exception {
        assertThat(bytes(example())).isEqualTo(stored("expiry-snapshot-v2.hex"));
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
    void aCopyLivesOnItsOwn() throws Exception {
        ExpirySnapshot snapshot = example();
        ExpirySnapshot copy = serializer.copy(snapshot);

        snapshot.advanceTo(NOON + 61_000, rowText);
        snapshot.rows().settle(rowText);

        assertThat(bytes(copy)).isEqualTo(bytes(example()));
        assertGoesOnAsTheExample(copy);
    }

    @Test
    void isFoundAgainFromACheckpoint() throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
                out, serializer.snapshotConfiguration());

        TypeSerializerSnapshot<ExpirySnapshot> read =
                TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
                        input(out.getCopyOfBuffer()), getClass().getClassLoader());
        TypeSerializer<ExpirySnapshot> restored = read.restoreSerializer();

        assertThat(restored).isEqualTo(serializer);
        assertThat(serializer.snapshotConfiguration().resolveSchemaCompatibility(read))
                .matches(compatibility -> compatibility.isCompatibleAsIs());
    }

    /**
     * One with something in every part: a published cut, changes since, among them a row that is
     * gone, and a cut to come with trades, price and chain.
     */
    private ExpirySnapshot example() {
        ExpirySnapshot snapshot = new ExpirySnapshot(StreamKey.parse("SPX:20251223"));
        snapshot.add(NOON, new SpotValue(new BigDecimal("6871.5"), NOON - 100));
        snapshot.add(NOON, Listing.of(chain(NOON, "SPX:20251223", "7.7", CALL, PUT, GONE).chain()));
        add(NOON + 200, trade(NOON, CALL, 3, "7.75"), snapshot);
        snapshot.advanceTo(NOON + 200, rowText);
        snapshot.rows().settle(rowText);
        snapshot.published();
        snapshot.add(NOON + 400, Listing.of(chain(NOON, "SPX:20251223", "7.8", CALL).chain()));
        add(NOON + 1200, trade(NOON + 1000, PUT, 5, "0.000000000001"), snapshot);
        snapshot.advanceTo(NOON + 1200, rowText);
        add(NOON + 1400, trade(NOON + 1300, CALL, 1, "8"), snapshot);
        snapshot.add(NOON + 1400, new SpotValue(new BigDecimal("6872"), NOON + 1300));
        snapshot.add(NOON + 1600, Listing.of(chain(NOON, "SPX:20251223", "7.9", PUT).chain()));
        snapshot.timer(NOON + 1399);
        return snapshot;
    }

    private static void add(long cut, OptionTrade trade, ExpirySnapshot snapshot) {
        snapshot.add(cut, batch(cut, trade).cuts().get(0).contracts());
    }

    private void assertGoesOnAsTheExample(ExpirySnapshot read) {
        ExpirySnapshot expected = example();
        assertThat(read.nextCut(grid)).isEqualTo(NOON + 1400);
        assertThat(read.timer()).isEqualTo(NOON + 1399);
        assertThat(read.isListed()).isTrue();
        for (long cut : new long[] {NOON + 1400, NOON + 61_000}) {
            assertThat(published(read, cut)).isEqualTo(published(expected, cut));
        }
        assertThat(read.totals().trades()).isEqualTo(3);
    }

    private String published(ExpirySnapshot snapshot, long cut) {
        SnapshotText text = new SnapshotText();
        snapshot.advanceTo(cut, rowText);
        Rows.Changes changes = snapshot.rows().settle(rowText);
        long base = snapshot.version();
        snapshot.published();
        return new String(text.value(snapshot, 1), StandardCharsets.UTF_8)
                + new String(text.diff(snapshot, 1, base, changes), StandardCharsets.UTF_8);
    }

    private byte[] bytes(ExpirySnapshot snapshot) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(snapshot, out);
        return out.getCopyOfBuffer();
    }

    private static byte[] stored(String name) throws IOException {
        try (InputStream file =
                ExpirySnapshotSerializerTest.class.getResourceAsStream("/snapshot/" + name)) {
            String text = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
        }
    }

    private static DataInputDeserializer input(byte[] bytes) {
        return new DataInputDeserializer(bytes);
    }
}
