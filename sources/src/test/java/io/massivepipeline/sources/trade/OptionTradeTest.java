package io.massivepipeline.sources.trade;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

import static org.assertj.core.api.Assertions.assertThat;

class OptionTradeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O:SPXW251223P06870000|312|7.7|1|209",
                "O:SPXW251223P06870000|300|30|2147483647|209,232",
                "O:SPXW251223P06870000||0|5|",
                "O:SPXW251223P06870000|0|0.05|10|0,2147483647",
                "O:4SPX251223C00001000|65|10.005|3|700",
                "O:A251223C00001000|65|999999999.99999999999999999999|3|1",
                "O:A251223C00001000|65|0.00000000000000000001|3|1"
            })
    void hashesTheTextOfItsIdentity(String identity) {
        // Given the trade of an identity, which is contract|exchange|price|size|conditions
        String[] parts = identity.split("\\|", -1);
        OptionTrade trade =
                trade().contract(OptionContract.parse(parts[0]).orElseThrow())
                        .exchange(
                                parts[1].isEmpty()
                                        ? OptionTrade.ABSENT
                                        : Integer.parseInt(parts[1]))
                        .price(Price.of(new BigDecimal(parts[2])))
                        .size(Integer.parseInt(parts[3]))
                        .conditions(ids(parts[4]))
                        .build();

        // Then its hash is the JDK's CRC-32 of it, the low 20 bits
        CRC32 crc = new CRC32();
        crc.update(identity.getBytes(StandardCharsets.UTF_8));
        assertThat(trade.idHash()).isEqualTo(crc.getValue() & 0xFFFFF);
    }

    @Test
    void hashesAsOthersDo() {
        // Given a trade whose hash was computed by Python's zlib
        OptionTrade trade =
                trade().exchange(312).price(Price.of(77, 1)).size(1).conditions(209).build();

        // Then it is the same
        assertThat(trade.idHash()).isEqualTo(456429);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "209 | REGULAR",
                "200 | REGULAR",
                "208 | REGULAR",
                "201 | CANCEL",
                "203 | CANCEL",
                "205 | CANCEL",
                "207 | CANCEL",
                "202 | LATE",
                "204 | LATE",
                "206 | LATE",
                "209,206 | LATE",
                "202,209 | LATE",
                "202,201 | CANCEL",
                "201,202 | CANCEL",
                "209,1000000,207 | CANCEL"
            })
    void reportsWhatItsConditionsSay(String conditions, TradeReport report) {
        int[] ids = ids(conditions);

        OptionTrade trade = trade().conditions(ids).build();

        assertThat(trade.report()).isEqualTo(report);
        assertThat(trade.conditions()).containsExactly(ids);
        assertThat(trade.conditionsText()).isEqualTo("[" + conditions + "]");
    }

    @Test
    void writesItsFieldsAsTheStreamDoes() {
        OptionTrade bare = trade().build();

        assertThat(bare.exchangeText()).isEmpty();
        assertThat(bare.sequenceText()).isEmpty();
        assertThat(bare.conditionsText()).isEqualTo("[]");
        assertThat(bare.report()).isEqualTo(TradeReport.REGULAR);
        assertThat(trade().exchange(0).sequence(0).build().exchangeText()).isEqualTo("0");
        assertThat(trade().exchange(0).sequence(0).build().sequenceText()).isEqualTo("0");
        assertThat(Arrays.stream(TradeReport.values()).map(TradeReport::text))
                .containsExactly("regular", "late", "cancel");
    }

    @Test
    void isAValue() {
        assertThat(trade().build()).isEqualTo(trade().build()).hasSameHashCodeAs(trade().build());
        assertThat(trade().build())
                .isNotEqualTo(trade().size(2).build())
                .isNotEqualTo(trade().conditions(1).build())
                .isNotEqualTo(trade().exchange(1).build())
                .isNotEqualTo(trade().sequence(1).build())
                .isNotEqualTo(trade().timestamp(1).build())
                .isNotEqualTo(trade().price(Price.of(2, 0)).build())
                .isNotEqualTo(trade().arrival(true, 1766437799445L).build())
                .isNotEqualTo(trade().arrival(false, 1).build());
    }

    private static int[] ids(String list) {
        return Arrays.stream(list.split(","))
                .filter(id -> !id.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    static OptionTrade.Builder trade() {
        return OptionTrade.builder()
                .contract(OptionContract.parse("O:SPXW251223P06870000").orElseThrow())
                .price(Price.of(77, 1))
                .size(1)
                .timestamp(1766437799445L);
    }
}
