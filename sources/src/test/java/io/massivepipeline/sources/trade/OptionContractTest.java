package io.massivepipeline.sources.trade;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

class OptionContractTest {

    @Test
    void readsATicker() {
        OptionContract contract = OptionContract.parse("O:SPXW251223P06870500").orElseThrow();

        assertThat(contract.ticker()).isEqualTo("O:SPXW251223P06870500");
        assertThat(contract.root()).isEqualTo("SPXW");
        assertThat(contract.underlying()).isEqualTo("SPX");
        assertThat(contract.expiry()).isEqualTo(20251223);
        assertThat(contract.right()).isEqualTo(OptionRight.PUT);
        assertThat(contract.strikeThousandths()).isEqualTo(6_870_500);
        assertThat(contract.expiryKey()).isEqualTo("SPX:20251223");
    }

    @ParameterizedTest
    @CsvSource({
        "O:A251223C00001000, A, 20251223",
        "O:ABCDEF251223C00001000, ABCDEF, 20251223",
        "O:SPX251219C06870000, SPX, 20251219",
        "O:SPXW240229C06870000, SPX, 20240229",
        "O:NDXP691231C25460000, NDX, 20691231",
        "O:RUTW991231C02500000, RUT, 20991231",
        "O:VIXW000229C00015000, VIX, 20000229",
        "O:GME1251223C00022000, GME, 20251223",
        "O:4SPX251223C06870000, SPX, 20251223",
        "O:2SPXW2251223C06870000, SPX, 20251223",
        "O:1NDXP251223C25460000, NDX, 20251223",
        "O:SP1X251223C06870000, SP1X, 20251223",
        "O:123251223C06870000, 123, 20251223",
        "O:SPXWX251223C06870000, SPXWX, 20251223",
        "O:BRKB251223C00500000, BRKB, 20251223",
        "O:SPY251223C00000000, SPY, 20251223",
        "O:SPY251223C99999999, SPY, 20251223"
    })
    void knowsUnderlyingExpiryAndTicker(String ticker, String underlying, int expiry) {
        OptionContract contract = OptionContract.parse(ticker).orElseThrow();

        assertThat(contract.ticker()).isEqualTo(ticker);
        assertThat(contract.underlying()).isEqualTo(underlying);
        assertThat(contract.expiryKey()).isEqualTo(underlying + ":" + expiry);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "O:",
                "O",
                "SPXW251223P06870000",
                "o:SPXW251223P06870000",
                "T.O:SPXW251223P06870000",
                "O:251223P06870000",
                "O:ABCDEFG251223P06870000",
                "O:spxw251223P06870000",
                "O:SP W251223P06870000",
                "O:SPX\u00c5251223P06870000",
                "O:SPXW251223p06870000",
                "O:SPXW251223X06870000",
                "O:SPXW251223P0687000",
                "O:SPXW251223P068700000",
                "O:SPXW251223P0687000X",
                "O:SPXW251223P-6870000",
                "O:SPXW251223P0687000\u0660",
                "O:SPXW25122\u0663P06870000",
                "O:SPXW251223P06870000 ",
                " O:SPXW251223P06870000",
                "O:SPXW251223P06870000\n",
                "O:SPXW251332P06870000",
                "O:SPXW251301P06870000",
                "O:SPXW250001P06870000",
                "O:SPXW250100P06870000",
                "O:SPXW250132P06870000",
                "O:SPXW250431P06870000",
                "O:SPXW250229P06870000",
                "O:AAPL211022C000150000X"
            })
    void refusesWhatIsNoTicker(String ticker) {
        assertThat(OptionContract.parse(ticker)).isEmpty();
    }

    @Test
    void tellsRootsOfOneExpiryApart() {
        // Given the two series of a third Friday
        OptionContract atTheOpen = OptionContract.parse("O:SPX251219C06870000").orElseThrow();
        OptionContract atTheClose = OptionContract.parse("O:SPXW251219C06870000").orElseThrow();

        // Then they are different contracts of one underlying and expiry
        assertThat(atTheOpen).isNotEqualTo(atTheClose);
        assertThat(atTheOpen.expiryKey()).isEqualTo(atTheClose.expiryKey());
        assertThat(atTheOpen).isEqualTo(OptionContract.parse(atTheOpen.ticker()).orElseThrow());
        assertThat(atTheOpen).hasSameHashCodeAs(OptionContract.parse("O:SPX251219C06870000").get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O:SPXW251223C06870000",
                "O:SPXW251224P06870000",
                "O:SPXW261223P06870000",
                "O:SPXW251223P06870001",
                "O:SPX251223P06870000"
            })
    void whatDiffersInOneThingIsAnotherContract(String other) {
        OptionContract contract = OptionContract.parse("O:SPXW251223P06870000").orElseThrow();

        assertThat(OptionContract.parse(other).orElseThrow())
                .isNotEqualTo(contract)
                .doesNotHaveSameHashCodeAs(contract);
    }

    @Test
    void putsItsTickerWhereItIsTold() {
        OptionContract contract = OptionContract.parse("O:F251223P00000500").orElseThrow();
        byte[] target = new byte[3 + OptionContract.LONGEST_TICKER];

        int end = contract.writeTicker(target, 3);

        assertThat(new String(target, 3, end - 3, StandardCharsets.US_ASCII))
                .isEqualTo("O:F251223P00000500");
        assertThat(target).startsWith(0, 0, 0);
        assertThat(Arrays.copyOfRange(target, end, target.length)).containsOnly(0);
    }

    @Test
    void sharesContractsWithinABound() {
        // Given a cache for two contracts that is asked for three
        ContractCache cache = new ContractCache(2);
        char[] buffer =
                "xO:SPY251223C00600000 O:SPY251223C00601000 O:SPY251223C00602000".toCharArray();

        // When they are asked for again and again
        OptionContract first = cache.get(buffer, 1, 20);
        assertThat(cache.get(buffer, 1, 20)).isSameAs(first);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 3; i++) {
                String ticker = new String(buffer, 1 + i * 21, 20);

                // Then each is the right one
                assertThat(cache.get(buffer, 1 + i * 21, 20)).hasToString(ticker);
            }
        }
        assertThat(cache.get(buffer, 0, 20)).isNull();
        assertThat(cache.get(new char[1_000_000], 0, 1_000_000)).isNull();
    }
}
