package io.massivepipeline.sources.poll.capture;

import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.poll.chain.ChainPoll;
import io.massivepipeline.sources.poll.spot.SpotPoll;
import io.massivepipeline.sources.poll.spot.SpotPrice;
import io.massivepipeline.sources.trade.OptionRight;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** Answers as text. */
class AnswerTextTest {

    private static final Path CAPTURE = Path.of("..", "fixtures", "context.txt.gz");

    private static final long AT = 1_766_437_799_431L;

    static final String SPOT_TEXT =
            "{\"kind\":\"spot\",\"prices\":[{\"symbol\":\"SPX\",\"api_symbol\":\"I:SPX\",\"value\":6878.49,"
                    + "\"volume\":null,\"ts_ms\":1766437799400,\"market_status\":\"open\","
                    + "\"timeframe\":\"REAL-TIME\"},"
                    + "{\"symbol\":\"SPY\",\"api_symbol\":\"SPY\",\"value\":690,\"volume\":71234567,"
                    + "\"ts_ms\":1766437799300,\"market_status\":null,\"timeframe\":null}]}";

    static final ContextAnswer SPOT =
            ContextAnswer.of(
                    new SpotPoll(
                            AT,
                            List.of(
                                    new SpotPrice(
                                            "SPX",
                                            "I:SPX",
                                            new BigDecimal("6878.49"),
                                            null,
                                            1_766_437_799_400L,
                                            "open",
                                            "REAL-TIME"),
                                    new SpotPrice(
                                            "SPY",
                                            "SPY",
                                            new BigDecimal("690"),
                                            71_234_567L,
                                            1_766_437_799_300L,
                                            null,
                                            null))));

    static final String CHAIN_TEXT =
            "{\"kind\":\"chain\",\"underlying\":\"SPX\",\"expiries\":[\"2025-12-23\",\"2025-12-24\"],"
                    + "\"contracts\":[{\"ticker\":\"O:SPXW251223P06870000\",\"expiration\":\"2025-12-23\","
                    + "\"root\":\"SPXW\",\"right\":\"P\",\"strike\":6870,\"shares_per_contract\":100,"
                    + "\"bid\":7.5,\"ask\":7.9,\"mid\":7.7,\"quote_ts_ms\":1766437799000,\"last\":7.7,"
                    + "\"last_ts_ms\":1766437798000,\"iv\":0.1375,\"delta\":-0.402,\"gamma\":0.00000125,"
                    + "\"theta\":-9.5,\"vega\":1.75,\"open_interest\":1234,\"day_volume\":56},"
                    + "{\"ticker\":\"O:SPX251224C06872500\",\"expiration\":\"2025-12-24\","
                    + "\"root\":\"SPX\",\"right\":\"C\",\"strike\":6872.5,\"shares_per_contract\":null,"
                    + "\"bid\":null,\"ask\":null,\"mid\":null,\"quote_ts_ms\":null,\"last\":null,"
                    + "\"last_ts_ms\":null,\"iv\":null,\"delta\":null,\"gamma\":null,"
                    + "\"theta\":null,\"vega\":null,\"open_interest\":null,\"day_volume\":null}]}";

    static final ContextAnswer CHAIN =
            ContextAnswer.of(
                    new ChainPoll(
                            AT,
                            "SPX",
                            List.of(20251223, 20251224),
                            List.of(
                                    new ChainContract(
                                            "O:SPXW251223P06870000",
                                            "SPXW",
                                            OptionRight.PUT,
                                            20251223,
                                            6_870_000,
                                            100,
                                            new BigDecimal("7.5"),
                                            new BigDecimal("7.9"),
                                            new BigDecimal("7.7"),
                                            1_766_437_799_000L,
                                            new BigDecimal("7.7"),
                                            1_766_437_798_000L,
                                            0.1375,
                                            -0.402,
                                            0.00000125,
                                            -9.5,
                                            1.75,
                                            1234L,
                                            56L),
                                    new ChainContract(
                                            "O:SPX251224C06872500",
                                            "SPX",
                                            OptionRight.CALL,
                                            20251224,
                                            6_872_500,
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
                                            null))));

    private final AnswerReader reader = new AnswerReader();
    private final AnswerWriter writer = new AnswerWriter();

    @Test
    void writesNamesAndNumbersAsTheyAreReplayed() throws IOException {
        assertThat(text(writer.write(SPOT))).isEqualTo(SPOT_TEXT);
        assertThat(text(writer.write(CHAIN))).isEqualTo(CHAIN_TEXT);
    }

    @Test
    void readsWhatIsWritten() throws IOException {
        assertThat(reader.read(AT, bytes(SPOT_TEXT))).isEqualTo(SPOT);
        assertThat(reader.read(AT, bytes(CHAIN_TEXT))).isEqualTo(CHAIN);
    }

    @Test
    void readsLeavesThatAreMissingOrWrittenOtherwise() throws IOException {
        // Given an answer with fields in another order, unknown ones, and hardly a leaf
        String text =
                "{\"contracts\":[{\"x\":[1],\"open_interest\":12.0,\"bid\":7.50,"
                        + "\"ask\":\"none\",\"ticker\":\"O:SPXW251223P06870000\"}],"
                        + "\"more\":{\"deep\":[{}]},\"expiries\":[\"2025-12-24\",\"2025-12-23\"],"
                        + "\"underlying\":\"SPX\",\"kind\":\"chain\"}";

        // When it is read
        ChainPoll chain = reader.read(AT, bytes(text)).chain();

        // Then what is there counts
        ChainContract contract = chain.contracts().get(0);
        assertThat(chain.expiries()).containsExactly(20251223, 20251224);
        assertThat(contract.strike()).isEqualTo(6_870_000);
        assertThat(contract.openInterest()).isEqualTo(12);
        assertThat(contract.bid()).isEqualTo(new BigDecimal("7.5"));
        assertThat(contract.ask()).isNull();
        assertThat(contract.iv()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"kind\":\"spot\"}",
                "{\"kind\":\"spot\",\"prices\":{}}",
                "{\"kind\":\"spot\",\"prices\":[{\"symbol\":\"SPX\"}]}",
                "{\"kind\":\"spot\",\"prices\":[null]}",
                "{\"kind\":\"spot\",\"prices\":[]}x",
                "{\"kind\":\"spot\",\"prices\":[]",
                "{\"kind\":\"other\",\"prices\":[]}",
                "{\"kind\":\"chain\",\"underlying\":\"SPX\",\"contracts\":[]}",
                "{\"kind\":\"chain\",\"underlying\":\"SPX\",\"expiries\":[5],\"contracts\":[]}",
                "{\"kind\":\"chain\",\"underlying\":\"SPX\",\"expiries\":[],\"contracts\":[{\"ticker\":\"SPX\"}]}"
            })
    void takesNoHalfAnswers(String text) {
        assertThatIOException()
                .isThrownBy(() -> reader.read(AT, bytes(text)))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    /** The stand-in writes the same form without knowing this one. */
    @Test
    void readsTheCaptureOfTheStandIn() throws IOException {
        int spots = 0;
        int contracts = 0;
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(CAPTURE)),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split("\t", 2);
                ContextAnswer answer = reader.read(Long.parseLong(parts[0]), bytes(parts[1]));
                if (answer.spot() != null) {
                    spots++;
                    assertThat(answer.spot().prices()).hasSize(5);
                } else {
                    contracts += answer.chain().contracts().size();
                    assertThat(answer.chain().expiries()).isNotEmpty();
                }
                // And writes it again, to the same answer
                assertThat(reader.read(answer.polledAt(), writer.write(answer))).isEqualTo(answer);
            }
        }
        assertThat(spots).isGreaterThan(200);
        assertThat(contracts).isGreaterThan(10_000);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
