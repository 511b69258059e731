package io.massivepipeline.sources.trade;

/**
 * Contracts by the characters of their tickers, so that none is parsed and no String is built
 * twice. Bounded and direct-mapped: a contract that needs the place of another takes it. Not for
 * several threads.
 */
public final class ContractCache {

    /** More than the contracts that trade within a minute of a busy day. */
    private static final int DEFAULT_CAPACITY = 1 << 14;

    private final OptionContract[] contracts;

    public ContractCache() {
        this(DEFAULT_CAPACITY);
    }

    /**
     * @param capacity a power of two
     */
    ContractCache(int capacity) {
        contracts = new OptionContract[capacity];
    }

    /** The contract of the ticker in this place of a buffer, or null if it is no ticker. */
    public OptionContract get(char[] buffer, int offset, int length) {
        if (length > ContractTicker.MAX_LENGTH) {
            return null;
        }
        int hash = 0;
        for (int i = offset; i < offset + length; i++) {
            hash = hash * 31 + buffer[i];
        }
        int place = (hash ^ hash >>> 16) & contracts.length - 1;
        OptionContract known = contracts[place];
        if (known != null && matches(known.ticker(), buffer, offset, length)) {
            return known;
        }
        OptionContract parsed = ContractTicker.parse(new String(buffer, offset, length));
        if (parsed != null) {
            contracts[place] = parsed;
        }
        return parsed;
    }

    private static boolean matches(String ticker, char[] buffer, int offset, int length) {
        if (ticker.length() != length) {
            return false;
        }
        // From the end: strikes differ more often than the beginning.
        for (int i = length - 1; i >= 0; i--) {
            if (ticker.charAt(i) != buffer[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
