package io.massivepipeline.sinks.redis;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whatever form a value is given in, the bytes are those of its text. */
class StreamAppendBuilderTest {

    private static StreamAppendBuilder builder() {
        return StreamAppend.to("stream", "first", "second");
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                7,
                10,
                99,
                100,
                101,
                999,
                1000,
                12345,
                999999999,
                1000000000,
                1766437799445L,
                999999999999999999L,
                1000000000000000000L,
                Long.MAX_VALUE,
                -1,
                -10,
                Long.MIN_VALUE
            })
    void aNumberIsWrittenAsItsDigits(long number) {
        StreamAppend typed = builder().entry(1, 2).value(number).value(number).build();

        String text = Long.toString(number);
        assertThat(typed).isEqualTo(builder().add(1, 2, text, text).build());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "30, 0",
        "77, 1",
        "7, 1",
        "7, 3",
        "70, 3",
        "123456789, 8",
        "1, 20",
        "999999999999999999, 9",
        "999999999999999999, 18",
        "999999999999999999, 20"
    })
    void aDecimalIsWrittenPlain(long unscaled, int scale) {
        StreamAppend typed = builder().entry(1, 2).value(unscaled, scale).value("").build();

        String text = BigDecimal.valueOf(unscaled, scale).toPlainString();
        assertThat(typed).isEqualTo(builder().add(1, 2, text, "").build());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0, 18446744073709551615",
        "18446744073709551615, 0",
        "9223372036854775808, 7",
        "1766437799445, 1954826233446400"
    })
    void anIdIsWrittenUnsigned(String ms, String seq) {
        StreamAppend append =
                builder()
                        .add(Long.parseUnsignedLong(ms), Long.parseUnsignedLong(seq), "a", "b")
                        .build();

        PackedScan entries = new PackedScan(append.packed(), 2);
        assertThat(entries.next()).isTrue();
        assertThat(entries.id())
                .isEqualTo(new EntryId(Long.parseUnsignedLong(ms), Long.parseUnsignedLong(seq)));
    }

    @Test
    void theTimeOfAnEntryMayBeOneOfItsValues() {
        long time = 1766437799445L;
        StreamAppend typed =
                builder()
                        .entry(time, 0)
                        .value(time)
                        .value(0)
                        .entry(time, 1)
                        .value(0)
                        .value(time)
                        .entry(time + 1, 0)
                        .value(time)
                        .value(time + 1)
                        .build();

        assertThat(typed)
                .isEqualTo(
                        builder()
                                .add(time, 0, "" + time, "0")
                                .add(time, 1, "0", "" + time)
                                .add(time + 1, 0, "" + time, "" + (time + 1))
                                .build());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 2_000})
    void aBatchIsItsOwnWhateverItsBuilderBuildsNext(int entries) {
        StreamAppendBuilder builder = builder();

        StreamAppend before = batch(builder, 1_000, entries);
        StreamAppend after = batch(builder, 9_000_000_000L, 2);

        assertThat(before).isEqualTo(batch(builder(), 1_000, entries));
        assertThat(after).isEqualTo(batch(builder(), 9_000_000_000L, 2));
    }

    private static StreamAppend batch(StreamAppendBuilder builder, long from, int entries) {
        for (int i = 0; i < entries; i++) {
            builder.entry(from + i, i).value(from).value("text " + i);
        }
        return builder.build();
    }

    @Test
    void buildersOneAfterTheOtherShareMemory() {
        BatchMemory memory = new BatchMemory();
        StreamAppendBuilder one = builder().memory(memory);
        StreamAppendBuilder other = StreamAppend.to("other", "only").memory(memory);

        StreamAppend first = one.add(1, 0, "a".repeat(1000), "b").add(2, 0, "c", "d").build();
        StreamAppend second = other.add(3, 0, "e").build();
        StreamAppend third = one.add(4, 0, "f", "g").build();

        assertThat(first)
                .isEqualTo(builder().add(1, 0, "a".repeat(1000), "b").add(2, 0, "c", "d").build());
        assertThat(second).isEqualTo(StreamAppend.to("other", "only").add(3, 0, "e").build());
        assertThat(third).isEqualTo(builder().add(4, 0, "f", "g").build());
    }

    @Test
    void ofThoseThatShareMemoryOneMustEndBeforeTheNextBegins() {
        BatchMemory memory = new BatchMemory();
        StreamAppendBuilder one = builder().memory(memory).add(1, 0, "a", "b");
        StreamAppendBuilder other = builder().memory(memory);

        assertThatThrownBy(() -> other.entry(2, 0)).isInstanceOf(IllegalStateException.class);

        assertThat(one.build()).isEqualTo(builder().add(1, 0, "a", "b").build());
        assertThat(other.add(2, 0, "c", "d").build())
                .isEqualTo(builder().add(2, 0, "c", "d").build());
    }

    @Test
    void aBatchEndsInTheMemoryInWhichItBegan() {
        StreamAppendBuilder begun = builder().add(1, 0, "a", "b");

        assertThatThrownBy(() -> begun.memory(new BatchMemory()))
                .isInstanceOf(IllegalStateException.class);

        assertThat(begun.build()).isEqualTo(builder().add(1, 0, "a", "b").build());
    }

    @Test
    void textsAndBytesMayStandBesideNumbers() {
        byte[] bytes = "O:SPXW251223P06870000".getBytes(StandardCharsets.US_ASCII);

        StreamAppend typed = builder().entry(5, 6).value(bytes).value("é").build();

        assertThat(typed).isEqualTo(builder().add(5, 6, "O:SPXW251223P06870000", "é").build());
        assertThat(typed.largestEntry()).isEqualTo(typed.packed().length - PackedEntries.HEADER);
    }

    @Test
    void aValueMayBeAPartOfSomeBytes() {
        byte[] bytes = "xO:SPXW251223P06870000y".getBytes(StandardCharsets.US_ASCII);

        StreamAppend typed = builder().entry(5, 6).value(bytes, 1, 21).value(bytes, 0, 0).build();

        assertThat(typed).isEqualTo(builder().add(5, 6, "O:SPXW251223P06870000", "").build());
    }

    @Test
    void anEntryHasAsManyValuesAsThereAreFields() {
        assertThatThrownBy(() -> builder().entry(1, 2).value(3).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 values for 2 fields of stream");
        assertThatThrownBy(() -> builder().entry(1, 2).value(3).value(4).value(5).entry(2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 values for 2 fields of stream");
        assertThatThrownBy(() -> builder().add(1, 2, "alone"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 values for 2 fields of stream");
        assertThatThrownBy(() -> builder().value(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aDecimalIsNeitherNegativeNorOfManyDecimals() {
        StreamAppendBuilder entry = builder().entry(1, 2);

        assertThatThrownBy(() -> entry.value(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> entry.value(1, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> entry.value(1, 21)).isInstanceOf(IllegalArgumentException.class);
    }
}
