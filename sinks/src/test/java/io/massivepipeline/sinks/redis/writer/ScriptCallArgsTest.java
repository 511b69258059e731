package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.Publish;
import io.massivepipeline.sinks.redis.PutHash;
import io.massivepipeline.sinks.redis.PutString;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.StreamAppend;
import io.massivepipeline.sinks.redis.WriteGroup;
import io.massivepipeline.sinks.redis.script.ScriptCall;

import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A script call as the server gets it. */
class ScriptCallArgsTest {

    private static final RedisWrite APPEND =
            StreamAppend.to("trades:{SPX}", "price").add(7, 0, "6878.49").build();
    private static final RedisWrite HASH = PutHash.of("spot", Map.of("market", "geöffnet"));
    private static final RedisWrite LARGE = PutString.of("surface", "x".repeat(100_000));
    private static final RedisWrite MESSAGE = Publish.of("changes", "7");

    private static ScriptCallArgs args(RedisWrite... writes) {
        ScriptCall call = new ScriptCall(List.of(writes));
        ScriptCallArgs args = new ScriptCallArgs(call);
        args.add("0123456789abcdef").add(call.keys().count());
        return args;
    }

    /** Reads a command of the Redis protocol to its end. */
    private static List<String> sent(ScriptCallArgs args) {
        ByteBuf wire = Unpooled.buffer();
        new Command<>(CommandType.EVALSHA, null, args).encode(wire);
        int count = number(wire, '*');
        List<String> strings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = number(wire, '$');
            strings.add(wire.readCharSequence(length, StandardCharsets.UTF_8).toString());
            assertThat(wire.readShort()).isEqualTo((short) ('\r' << 8 | '\n'));
        }
        assertThat(wire.isReadable()).isFalse();
        return strings;
    }

    private static int number(ByteBuf wire, char kind) {
        assertThat((char) wire.readByte()).isEqualTo(kind);
        int length = wire.bytesBefore((byte) '\r');
        String digits = wire.readCharSequence(length, StandardCharsets.US_ASCII).toString();
        wire.skipBytes(2);
        return Integer.parseInt(digits);
    }

    private static String text(ByteBuffer key) {
        return key == null ? null : StandardCharsets.UTF_8.decode(key).toString();
    }

    @Test
    void isOneCommandOfAsManyArgumentsAsItSays() {
        List<String> sent = sent(args(APPEND, HASH, LARGE, MESSAGE));

        assertThat(sent)
                .startsWith(
                        "EVALSHA",
                        "0123456789abcdef",
                        "3",
                        "trades:{SPX}",
                        "spot",
                        "surface",
                        "append")
                .contains("market", "geöffnet", "x".repeat(100_000))
                .endsWith("publish", "2", "0", "changes", "7");
    }

    /** As it is when the server did not know the script, or the connection was lost. */
    @Test
    void isTheSameWhenItIsSentAgain() {
        ScriptCallArgs args = args(APPEND, HASH, LARGE, MESSAGE);

        assertThat(sent(args)).isEqualTo(sent(args));
    }

    @Test
    void saysByItsFirstKeyToWhichNodeItGoes() {
        assertThat(text(args(APPEND, HASH).getFirstEncodedKey())).isEqualTo("trades:{SPX}");
        assertThat(text(args(WriteGroup.of(MESSAGE, HASH)).getFirstEncodedKey())).isEqualTo("spot");
        assertThat(args(MESSAGE).getFirstEncodedKey()).as("a message has no key").isNull();
    }
}
