package io.massivepipeline.sinks.redis.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The script that carries out writes on the server, and the digest under which servers know it.
 *
 * @param source Lua
 * @param digest SHA-1 in hexadecimal
 */
public record WriteScript(byte[] source, String digest) {

    private static final String RESOURCE = "write.lua";

    public static WriteScript load() {
        try (InputStream in = WriteScript.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path.");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            byte[] source = text.getBytes(StandardCharsets.UTF_8);
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return new WriteScript(source, HexFormat.of().formatHex(sha1.digest(source)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
