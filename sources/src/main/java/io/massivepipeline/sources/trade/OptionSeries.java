package io.massivepipeline.sources.trade;

/**
 * The contracts of one root and expiry date, {@code SPXW} of {@code 20251223}: what all of them
 * share, so that it is there once and not with each of some hundred strikes.
 */
final class OptionSeries {

    private final String root;
    private final String underlying;
    private final int expiry;
    private final String expiryKey;

    /**
     * @param expiry the date as a number
     */
    OptionSeries(String root, int expiry) {
        this.root = root;
        this.underlying = Underlyings.of(root);
        this.expiry = expiry;
        this.expiryKey = underlying + ":" + expiry;
    }

    String root() {
        return root;
    }

    String underlying() {
        return underlying;
    }

    int expiry() {
        return expiry;
    }

    /** Underlying and expiry, {@code SPX:20251223}. */
    String expiryKey() {
        return expiryKey;
    }
}
