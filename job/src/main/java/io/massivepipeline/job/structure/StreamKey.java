package io.massivepipeline.job.structure;

import java.util.Objects;

/**
 * What trades of one stream share.
 *
 * @param text both as they stand in names of keys, {@code SPX:20251223}
 * @param underlying {@code SPX}, for {@code SPX} and {@code SPXW} alike
 * @param expiry the last day as a number, {@code 20251223}
 */
public record StreamKey(String text, String underlying, int expiry) {

    public StreamKey {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(underlying, "underlying");
    }

    /** Reads {@code SPX:20251223}. */
    public static StreamKey parse(String text) {
        int colon = text.indexOf(':');
        int expiry = Integer.parseInt(text, colon + 1, text.length(), 10);
        return new StreamKey(text, text.substring(0, colon), expiry);
    }

    @Override
    public String toString() {
        return text;
    }
}
