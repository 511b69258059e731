package io.massivepipeline.sources.trade;

/**
 * Contracts by the characters of their tickers, so that none is parsed and no object is made twice.
 * Bounded: each contract has two places, and one that finds neither its own takes that of the one
 * that was put there first. Not for several threads.
 */
public final class ContractCache {

    /** More than the contracts that trade within a minute of a busy day. */
    private static final int DEFAULT_CAPACITY = 1 << 14;

    private static final int WAYS = 2;
    private static final int LONGS = 3;
    private static final int ASCII_BITS = 7;

    private final OptionContract[] contracts;

    /**
     * The characters of each contract's ticker, a byte each: what is looked up is compared without
     * a look at the contract, which would be somewhere else in memory.
     */
    private final long[] tickers;

    private final SeriesCache series = new SeriesCache();

    public ContractCache() {
        this(DEFAULT_CAPACITY);
    }

    /**
     * @param capacity a power of two from 2
     */
    ContractCache(int capacity) {
        contracts = new OptionContract[capacity];
        tickers = new long[capacity * LONGS];
    }

    /** The contract of the ticker in this place of a buffer, or null if it is no ticker. */
    public OptionContract get(char[] buffer, int offset, int length) {
        if (length < ContractTicker.MIN_LENGTH || length > ContractTicker.MAX_LENGTH) {
            return null;
        }
        long first = packEight(buffer, offset);
        long second = packEight(buffer, offset + Long.BYTES);
        long third = pack(buffer, offset + 2 * Long.BYTES, offset + length);
        if ((first | second | third) < 0) {
            return null;
        }
        long hash = ((first * 31 + second) * 31 + third) * 0x9E3779B97F4A7C15L;
        int place = (int) (hash >>> 32) & contracts.length - WAYS;
        if (isAt(place, first, second, third)) {
            return contracts[place];
        }
        if (isAt(place + 1, first, second, third)) {
            return contracts[place + 1];
        }
        OptionContract parsed = ContractTicker.parse(buffer, offset, length, series);
        if (parsed != null) {
            put(place, parsed, first, second, third);
        }
        return parsed;
    }

    private boolean isAt(int place, long first, long second, long third) {
        int key = place * LONGS;
        return tickers[key] == first && tickers[key + 1] == second && tickers[key + 2] == third;
    }

    /** At a place; who stood there moves on to the next one. */
    private void put(int place, OptionContract contract, long first, long second, long third) {
        contracts[place + 1] = contracts[place];
        contracts[place] = contract;
        int key = place * LONGS;
        System.arraycopy(tickers, key, tickers, key + LONGS, LONGS);
        tickers[key] = first;
        tickers[key + 1] = second;
        tickers[key + 2] = third;
    }

    /** Eight characters as one number, negative if one of them is NUL or not ASCII. */
    private static long packEight(char[] buffer, int from) {
        return pack(buffer, from, from + Long.BYTES);
    }

    /** Up to eight characters as one number, negative if one of them is NUL or not ASCII. */
    private static long pack(char[] buffer, int from, int end) {
        long packed = 0;
        int odd = 0;
        for (int i = from; i < end; i++) {
            packed = packed << Byte.SIZE | buffer[i];
            odd |= buffer[i] - 1;
        }
        return odd >>> ASCII_BITS != 0 ? -1 : packed;
    }
}
