package io.massivepipeline.sinks.redis.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The script that carries out writes on the server, and the digest under which servers know it.
 *
 * @param source Lua
 * @param digest SHA-1 in hexadecimal
 */
public record WriteScript(byte[] source, String digest) {

    private static final String RESOURCE = "write.lua";

    /** What appends entries of so many fields as fast as it goes. */
    private static final String APPENDER = "appender.lua";

    private static final String APPENDERS = "--APPENDERS--\n";

    /** Entries of more fields are appended all the same, a little slower. */
    private static final int WIDEST = 16;

    public static WriteScript load() {
        String appender = read(APPENDER);
        String appenders =
                IntStream.rangeClosed(1, WIDEST)
                        .mapToObj(width -> appender(appender, width))
                        .collect(Collectors.joining());
        byte[] source =
                read(RESOURCE).replace(APPENDERS, appenders).getBytes(StandardCharsets.UTF_8);
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return new WriteScript(source, HexFormat.of().formatHex(sha1.digest(source)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String appender(String template, int width) {
        return template.replace("WIDTH", Integer.toString(width))
                .replace("STRINGS", Integer.toString(width + 1))
                .replace("FIELDS", list(width, "f%d"::formatted))
                .replace("VALUES", list(width, "v%d"::formatted))
                .replace("PAIRS", list(width, field -> "f%1$d,v%1$d".formatted(field)));
    }

    private static String list(int width, IntFunction<String> item) {
        return IntStream.rangeClosed(1, width).mapToObj(item).collect(Collectors.joining(","));
    }

    private static String read(String resource) {
        try (InputStream in = WriteScript.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
