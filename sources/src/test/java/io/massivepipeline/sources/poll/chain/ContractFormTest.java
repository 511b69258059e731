package io.massivepipeline.sources.poll.chain;

import io.massivepipeline.sources.trade.OptionRight;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class ContractFormTest {

    private static final ChainContract FULL =
            new ChainContract(
                    "O:SPXW251223P06870000",
                    "SPXW",
                    OptionRight.PUT,
                    20251223,
                    6_870_000,
                    100,
                    new BigDecimal("12.30"),
                    new BigDecimal("12.5"),
                    new BigDecimal("12.4"),
                    1_766_500_200_000L,
                    new BigDecimal("0"),
                    1_766_500_199_999L,
                    0.1234,
                    -0.5,
                    1e-300,
                    Double.MIN_VALUE,
                    -0.0,
                    0L,
                    Long.MAX_VALUE);

    /** What the provider tells of a contract that nobody ever traded or quoted. */
    private static final ChainContract BARE = bare("O:SPX260116C07000000", "SPX");

    private static ChainContract bare(String ticker, String root) {
        return new ChainContract(
                ticker,
                root,
                OptionRight.CALL,
                20260116,
                7_000_000,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static ChainContract withBid(BigDecimal bid) {
        return new ChainContract(
                "O:SPX260116C07000000",
                "SPX",
                OptionRight.CALL,
                20260116,
                7_000_000,
                null,
                bid,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                7L);
    }

    static Stream<List<ChainContract>> lists() {
        return Stream.of(
                List.of(),
                List.of(FULL),
                List.of(BARE, FULL, FULL, BARE),
                // A root that is the beginning of the one before, or that is not in the ticker
                List.of(FULL, bare("O:SPX251223P06870000", "SPX"), bare("O:X", "SPY")),
                List.of(FULL, bare("O:SPXW251223P06870000", "SPX"), FULL),
                List.of(
                        withBid(new BigDecimal("-1")),
                        withBid(new BigDecimal("1E+200")),
                        withBid(new BigDecimal("123456789012345678901234567890.5")),
                        withBid(BigDecimal.valueOf(5, Byte.MIN_VALUE)),
                        withBid(BigDecimal.valueOf(Long.MIN_VALUE, Byte.MAX_VALUE))));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void readsWhatItWrites(List<ChainContract> contracts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ChainForm.writeContracts(contracts, new DataOutputStream(bytes));

        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));

        assertThat(ChainForm.readContracts(in)).isEqualTo(contracts);
        assertThat(in.available()).isZero();
    }
}
