package io.massivepipeline.job.structure;

import io.massivepipeline.sources.trade.OptionTrade;
import io.massivepipeline.sources.trade.Price;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

import static org.assertj.core.api.Assertions.assertThat;

class EntryIdsTest {

    @Test
    void aSequenceIsTheProvidersNumberAndTwentyBitsOfTheTrade() {
        OptionTrade trade = Trades.at(1766437799445L, 1864261653L).conditions(209, 232).build();

        assertThat(EntryIds.sequence(trade))
                .isEqualTo((1864261653L << 20) + h("O:SPXW251223P06870000|302|7.7|1|209,232"));
    }

    @Test
    void aTradeWithoutNumberCountsAsNumberZero() {
        OptionTrade trade =
                OptionTrade.builder()
                        .contract(Trades.at(1, 1).build().contract())
                        .price(Price.of(new BigDecimal("30")))
                        .size(12)
                        .timestamp(1766437799445L)
                        .build();

        assertThat(EntryIds.sequence(trade)).isEqualTo(h("O:SPXW251223P06870000||30|12|"));
    }

    @Test
    void theLargestNumberLeavesNoSignBehind() {
        OptionTrade trade = Trades.at(1, (1L << 43) - 1).build();

        assertThat(Long.toUnsignedString(EntryIds.sequence(trade) >>> 20))
                .isEqualTo(Long.toString((1L << 43) - 1));
    }

    @Test
    void everyFieldTellsTradesApart() {
        List<OptionTrade.Builder> variants =
                List.of(
                        Trades.at(1, 5),
                        Trades.at(1, 6),
                        Trades.at(1, 5).size(2),
                        Trades.at(1, 5).exchange(303),
                        Trades.at(1, 5).price(Price.of(new BigDecimal("7.71"))),
                        Trades.at(1, 5).price(Price.of(new BigDecimal("77"))),
                        Trades.at(1, 5).price(Price.of(new BigDecimal("7.70000000000000000001"))),
                        Trades.at(1, 5).price(Price.of(new BigDecimal("7.70000000000000000002"))),
                        Trades.at(1, 5).conditions(),
                        Trades.at(1, 5).conditions(209, 209),
                        Trades.at(1, 5).conditions(209, 232),
                        Trades.at(1, 5).conditions(232, 209),
                        Trades.of("O:SPX251223P06870000").timestamp(1).sequence(5),
                        Trades.of("O:SPXW251223C06870000").timestamp(1).sequence(5),
                        Trades.of("O:SPXW251223P06875000").timestamp(1).sequence(5));
        Set<Long> fingerprints = new HashSet<>();

        variants.forEach(variant -> fingerprints.add(EntryIds.fingerprint(variant.build())));

        assertThat(fingerprints).hasSameSizeAs(variants);
    }

    @Test
    void theSameTradeHasTheSameFingerprintHoweverItsPriceWasWritten() {
        OptionTrade first = Trades.at(1, 5).price(Price.of(new BigDecimal("7.70"))).build();
        OptionTrade second = Trades.at(1, 5).price(Price.of(new BigDecimal("77e-1"))).build();

        assertThat(EntryIds.fingerprint(first)).isEqualTo(EntryIds.fingerprint(second));
    }

    private static long h(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return crc.getValue() & 0xFFFFF;
    }
}
