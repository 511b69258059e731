package io.massivepipeline.job.snapshot;

import io.massivepipeline.sources.trade.OptionRight;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.math.BigDecimal;
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

    private static Listing.Contract contract(long strike, String bid) {
        return new Listing.Contract(
                "O:SPXW251223C0" + strike,
                "SPXW",
                OptionRight.CALL,
                strike,
                new Quote(new BigDecimal(bid), null, null, null, null, null, null, null));
    }

    private static Rows restore(Rows rows) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        rows.write(out);
        return Rows.read(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
