package io.massivepipeline.job.snapshot;

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
        LastTrade written =
                new LastTrade(Price.of(new BigDecimal(price)), 3, 1_766_437_200_000L, -1);

        LastTrade.write(written, out);

        assertThat(LastTrade.read(input())).isEqualTo(written);
    }

    @Test
    void maybeThereIsNone() throws IOException {
        LastTrade.write(null, out);

        assertThat(LastTrade.read(input())).isNull();
    }

    @Test
    void readsAPriceThatIsAText() throws IOException {
        out.writeBoolean(true);
        out.writeUTF("7.7");
        out.writeInt(3);
        out.writeLong(1_766_437_200_000L);
        out.writeLong(42);

        assertThat(LastTrade.read(input()))
                .isEqualTo(new LastTrade(Price.of(77, 1), 3, 1_766_437_200_000L, 42));
    }

    private DataInputDeserializer input() {
        return new DataInputDeserializer(out.getCopyOfBuffer());
    }
}
