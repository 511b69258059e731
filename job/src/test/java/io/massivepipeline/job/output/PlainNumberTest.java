package io.massivepipeline.job.output;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlainNumberTest {

    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "-0.0, 0",
        "1.0, 1",
        "10.0, 10",
        "0.2, 0.2",
        "-0.4375, -0.4375",
        "0.1893456789012345, 0.1893456789012345",
        "0.00042, 0.00042",
        "-1.5E-7, -0.00000015",
        "1234567.5, 1234567.5",
        "12345678.9, 12345678.9",
        "2.5E15, 2500000000000000"
    })
    void aDoubleIsAPlainDecimalWithoutZerosAtItsEnd(double number, String plain) {
        assertThat(PlainNumber.of(number)).isEqualTo(plain);
    }
}
