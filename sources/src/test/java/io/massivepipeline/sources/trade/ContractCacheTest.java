package io.massivepipeline.sources.trade;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

class ContractCacheTest {

    private static final String TICKER = "O:SPXW251223P06870000";

    private final ContractCache cache = new ContractCache();

    @Test
    void givesTheSameContractEachTime() {
        OptionContract first = get(TICKER);

        assertThat(first.ticker()).isEqualTo(TICKER);
        assertThat(get(TICKER)).isSameAs(first);
    }

    @Test
    void contractsThatShareAPlaceAreNotMixedUp() {
        ContractCache small = new ContractCache(2);

        for (String ticker :
                new String[] {TICKER, "O:SPXW251223P06870001", TICKER, "O:F251223C00010000"}) {
            assertThat(get(small, ticker).ticker()).isEqualTo(ticker);
        }
    }

    @Test
    void keepsTwoContractsOfTheSamePlaceAndForgetsTheFirstForAThird() {
        ContractCache small = new ContractCache(2);
        OptionContract first = get(small, TICKER);
        OptionContract second = get(small, "O:SPXW251223P06870001");
        assertThat(get(small, TICKER)).isSameAs(first);

        OptionContract third = get(small, "O:F251223C00010000");

        assertThat(get(small, "O:F251223C00010000")).isSameAs(third);
        assertThat(get(small, "O:SPXW251223P06870001")).isSameAs(second);
        assertThat(get(small, TICKER)).isEqualTo(first).isNotSameAs(first);
    }

    @Test
    void contractsOfASeriesShareItsNames() {
        OptionContract put = get(TICKER);
        OptionContract call = get("O:SPXW251223C06900000");

        assertThat(call.expiryKey()).isSameAs(put.expiryKey());
        assertThat(call.root()).isSameAs(put.root());
        assertThat(get("O:SPX251223C06900000").root()).isEqualTo("SPX");
        assertThat(get("O:SPXW251224C06900000").expiryKey()).isEqualTo("SPX:20251224");
    }

    @Test
    void ofManySeriesNoneIsMixedUp() {
        for (int i = 0; i < 100_000; i++) {
            String root = Integer.toString(i, 36).toUpperCase(Locale.ROOT);
            OptionContract contract = get("O:" + root + "251223C06900000");

            assertThat(contract.root()).isEqualTo(root);
            assertThat(contract.expiry()).isEqualTo(20251223);
        }
    }

    @Test
    void looksOnlyAtItsPartOfTheBuffer() {
        char[] buffer = ("x" + TICKER + "9").toCharArray();

        assertThat(cache.get(buffer, 1, TICKER.length()).ticker()).isEqualTo(TICKER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "O:",
                "O:SPXW251223P068\u00007000",
                "O:SPXW251223P0\u00006870000",
                "\u0000O:SPXW251223P06870000",
                "O:SPXW251223P0687000\u0130",
                "\u0080:SPXW251223P06870000",
                "O:SPXW251223P068700000000000000"
            })
    void whatIsNoTickerIsNotTakenForOne(String text) {
        get(TICKER);
        get("O:SPXW251223P0687000" + "0");

        assertThat(get(text)).isNull();
    }

    private OptionContract get(String text) {
        return get(cache, text);
    }

    private static OptionContract get(ContractCache cache, String text) {
        return cache.get(text.toCharArray(), 0, text.length());
    }
}
