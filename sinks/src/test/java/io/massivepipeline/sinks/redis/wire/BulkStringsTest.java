package io.massivepipeline.sinks.redis.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class BulkStringsTest {

    private final BulkStrings arguments = new BulkStrings(0);

    private String onTheWire() {
        ByteBuf buffer = Unpooled.buffer();
        arguments.writeTo(buffer);
        return buffer.toString(StandardCharsets.UTF_8);
    }

    @Test
    void eachHasItsLengthBeforeIt() {
        arguments.add("massive:spot");
        arguments.add("");
        arguments.add(6870);
        arguments.add(new byte[] {'a', '\r', '\n'});

        assertThat(onTheWire())
                .isEqualTo("$12\r\nmassive:spot\r\n$0\r\n\r\n$4\r\n6870\r\n$3\r\na\r\n\r\n");
        assertThat(arguments.count()).isEqualTo(4);
    }

    @Test
    void aTextIsCountedInBytes() {
        arguments.add("Zürich €");
        arguments.add("Z");

        assertThat(onTheWire()).isEqualTo("$11\r\nZürich €\r\n$1\r\nZ\r\n");
        assertThat(arguments.count()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 1_766_500_200_000L, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void numbersAreWrittenWhole(long number) {
        arguments.add(number);

        String digits = Long.toString(number);
        assertThat(onTheWire()).isEqualTo("$" + digits.length() + "\r\n" + digits + "\r\n");
    }

    /** On both sides of the size from which on contents are not copied. */
    @ParameterizedTest
    @ValueSource(ints = {16_383, 16_384, 1_000_000})
    void largeOnesStandWhereTheyWereAdded(int size) {
        String large = "x".repeat(size);

        arguments.add("before");
        arguments.add(large.getBytes(StandardCharsets.UTF_8));
        arguments.add("between");
        arguments.add(large.getBytes(StandardCharsets.UTF_8));
        arguments.add("after");

        String argument = "$" + size + "\r\n" + large + "\r\n";
        assertThat(onTheWire())
                .isEqualTo(
                        "$6\r\nbefore\r\n"
                                + argument
                                + "$7\r\nbetween\r\n"
                                + argument
                                + "$5\r\nafter\r\n");
        assertThat(arguments.count()).isEqualTo(5);
    }
}
