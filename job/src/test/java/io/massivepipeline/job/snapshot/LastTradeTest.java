package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.structure.IdentifiedTrade;
import io.massivepipeline.sources.trade.OptionTrade;
import io.massivepipeline.sources.trade.Price;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;

class LastTradeTest {

    private static final long NOON = 1_766_422_800_000L;
    private static final String LONG = "123456789.1234567891";

    private final DataOutputSerializer out = new DataOutputSerializer(64);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "7.7",
                "30",
                "999999999",
                "0.00000000000000000001",
                "123456789.123456789",
                "123456789.1234567891",
                "999999999.99999999999999999999"
            })
    void isReadAsItWasWrittenWhateverThePrice(String price) throws IOException {
        LastTrade written = of(trade(NOON, price), -1);

        written.write(out);

        assertThat(LastTrade.read(input())).usingRecursiveComparison().isEqualTo(written);
        assertThat(LastTrade.read(input()).price()).isEqualTo(Price.of(new BigDecimal(price)));
    }

    @Test
    void maybeThereIsNone() throws IOException {
        new LastTrade().write(out);

        assertThat(LastTrade.read(input()).isPresent()).isFalse();
    }

    @Test
    void readsAPriceThatIsAText() throws IOException {
        out.writeBoolean(true);
        out.writeUTF("7.7");
        out.writeInt(3);
        out.writeLong(NOON);
        out.writeLong(42);

        assertThat(LastTrade.read(input()))
                .usingRecursiveComparison()
                .isEqualTo(of(trade(NOON, "7.7"), 42));
    }

    @Test
    void theHighestEntryIdMakesItInWhateverOrder() {
        // Given trades of two milliseconds, of the later one with a sequence above all signed ones
        LastTrade first = of(trade(NOON, "1"), 7);
        LastTrade second = of(trade(NOON + 1, "2"), 3);
        LastTrade third = of(trade(NOON + 1, LONG), -1);

        // When they are added one way and the other
        first.add(second);
        first.add(third);
        third.add(second);
        second.add(new LastTrade());
        second.add(third);

        // Then the last one is it, with all that belongs to it
        assertThat(first.price()).hasToString(LONG);
        assertThat(first).usingRecursiveComparison().isEqualTo(third).isEqualTo(second);
    }

    @Test
    void aCopyAndAClearedOneAreOnTheirOwn() {
        LastTrade last = of(trade(NOON, LONG), 7);
        LastTrade copy = last.copy();

        copy.add(of(trade(NOON + 1, "7.7"), 7));

        assertThat(last.price()).hasToString(LONG);
        assertThat(copy.price()).hasToString("7.7");
        copy.clear();
        assertThat(copy).usingRecursiveComparison().isEqualTo(new LastTrade());
    }

    private static OptionTrade trade(long timestamp, String price) {
        return TestCuts.trade(timestamp, "O:SPXW251223C06870000", 3, price);
    }

    private static LastTrade of(OptionTrade trade, long sequence) {
        LastTrade last = new LastTrade();
        last.add(new IdentifiedTrade(trade, sequence));
        return last;
    }

    private DataInputDeserializer input() {
        return new DataInputDeserializer(out.getCopyOfBuffer());
    }
}
