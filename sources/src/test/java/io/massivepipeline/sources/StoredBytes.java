package io.massivepipeline.sources;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes of earlier versions, which stand in test resources as hexadecimal digits. */
public final class StoredBytes {

    private StoredBytes() {}

    public static byte[] read(String resource) throws IOException {
        try (InputStream in = StoredBytes.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("There is no resource " + resource);
            }
            String digits = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
        }
    }
}
