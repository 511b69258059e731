package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.structure.GatheredOutput;
import io.massivepipeline.sources.trade.OptionRight;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Which rows a cut finds changed, and their texts. */
class RowsTest {

    private final RowText texts = new RowText();

    @Test
    void allRowsHaveTheirTextWhenTheFirstThingAfterARestoreIsToPublish() throws IOException {
        // Given two rows that were published, and a change to one that waited for the budget
        Rows rows = new Rows();
        rows.list(List.of(contract(6_870_000, "7.5"), contract(6_875_000, "5.1")));
        rows.settle(texts);
        rows.list(List.of(contract(6_870_000, "7.6"), contract(6_875_000, "5.1")));

        // When a checkpoint is restored and the change is published
        Rows restored = restore(rows);
        Rows.Changes changes = restored.settle(texts);

        // Then the other row has its text, too
        assertThat(changes.changed())
                .extracting(row -> row.key().strike())
                .containsExactly(6_870_000L);
        assertThat(restored.all())
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.text()).isNotEmpty());
    }

    @Test
    void aCopyAndItsOriginSeeNothingOfWhatTheOtherChanges() throws IOException {
        // Given rows of which one changed since it was published
        Rows rows = new Rows();
        rows.list(List.of(contract(6_870_000, "7.5"), contract(6_875_000, "5.1")));
        rows.settle(texts);
        rows.list(List.of(contract(6_870_000, "7.6"), contract(6_875_000, "5.1")));
        byte[] before = bytes(rows);

        // When a copy changes rows, drops one and begins one, be they touched or not
        Rows copy = rows.copy();
        change(copy);

        // Then the origin is what it was, and the other way round
        assertThat(bytes(rows)).isEqualTo(before);
        byte[] changed = bytes(copy);
        assertThat(changed).isNotEqualTo(before);
        change(rows);
        assertThat(bytes(copy)).isEqualTo(changed);
        assertThat(bytes(rows)).isEqualTo(changed);
    }

    @Test
    void greeksAreWrittenAsPlainDecimalsInTheirShortestForm() {
        Quote quote = new Quote(null, null, null, null, 0.1893456789012345, 1.0, 1.5E-5, null);
        Rows rows = new Rows();
        rows.list(
                List.of(
                        new Listing.Contract(
                                "O:SPXW251223C06870000",
                                "SPXW",
                                OptionRight.CALL,
                                6_870_000,
                                quote)));

        rows.settle(texts);

        assertThat(new String(rows.all().get(0).text(), StandardCharsets.UTF_8))
                .contains("\"iv\":0.1893456789012345,\"delta\":1,\"gamma\":0.000015,");
    }

    @Test
    void aRowThatIsGoneMakesRoomForAnother() throws IOException {
        Rows rows = new Rows();
        rows.list(List.of(contract(6_870_000, "7.5"), contract(6_875_000, "5.1")));
        rows.settle(texts);

        rows.list(List.of(contract(6_875_000, "5.1")));
        Rows.Changes gone = rows.settle(texts);
        rows.list(List.of(contract(6_875_000, "5.1"), contract(6_865_000, "9.9")));
        Rows.Changes come = rows.settle(texts);

        assertThat(gone.removed()).containsExactly(new RowKey(6_870_000, "SPXW"));
        assertThat(come.changed()).hasSize(1);
        assertThat(rows.all())
                .extracting(row -> row.key().strike())
                .containsExactly(6_865_000L, 6_875_000L);
    }

    /** A quote changes, a row is gone, one begins, one trades. */
    private void change(Rows rows) {
        rows.list(List.of(contract(6_875_000, "5.2"), contract(6_880_000, "3.3")));
        rows.settle(texts);
        rows.addRecentVolume("O:SPXW251223C06880000", 3);
    }

    private static Listing.Contract contract(long strike, String bid) {
        return new Listing.Contract(
                "O:SPXW251223C0" + strike,
                "SPXW",
                OptionRight.CALL,
                strike,
                new Quote(new BigDecimal(bid), null, null, null, null, null, null, null));
    }

    private static Rows restore(Rows rows) throws IOException {
        return Rows.read(new DataInputDeserializer(bytes(rows)));
    }

    private static byte[] bytes(Rows rows) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        GatheredOutput gathered = new GatheredOutput();
        gathered.begin(out);
        rows.write(gathered);
        gathered.handOn();
        return out.getCopyOfBuffer();
    }
}
