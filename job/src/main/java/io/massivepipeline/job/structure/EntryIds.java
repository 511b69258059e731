package io.massivepipeline.job.structure;

import io.massivepipeline.sources.trade.OptionContract;
import io.massivepipeline.sources.trade.OptionRight;
import io.massivepipeline.sources.trade.OptionTrade;
import io.massivepipeline.sources.trade.Price;

import java.math.BigInteger;

/**
 * What an entry id is made of: a function of the trade alone, so that writing it twice is refused
 * by Redis instead of doubling it.
 */
final class EntryIds {

    private static final int HASH_BITS = 20;

    private EntryIds() {}

    /** {@code q * 2^20 + h}; {@code q} counts as 0 when absent. */
    static long sequence(OptionTrade trade) {
        return (Math.max(0, trade.sequence()) << HASH_BITS) + trade.idHash();
    }

    /**
     * 64 bits over all that makes a trade this trade and not another of the same stream and
     * millisecond. Two that differ agree in it, and in 20 bits of CRC-32 as well, once in 2^84.
     */
    static long fingerprint(OptionTrade trade) {
        OptionContract contract = trade.contract();
        long hash = contract.strikeThousandths();
        hash = mix(hash, contract.rootNumber());
        hash = mix(hash, contract.right() == OptionRight.CALL ? 1 : 2);
        hash = mixPrice(hash, trade.price());
        hash = mix(hash, trade.size());
        hash = mix(hash, trade.exchange());
        hash = mix(hash, trade.sequence());
        for (int condition : trade.conditions()) {
            hash = mix(hash, condition);
        }
        return mix(hash, trade.conditions().length);
    }

    private static long mixPrice(long hash, Price price) {
        if (price.isCompact()) {
            return mix(mix(hash, price.unscaled()), price.scale());
        }
        BigInteger digits = price.toBigDecimal().unscaledValue();
        long both = mix(mix(hash, digits.longValue()), digits.shiftRight(Long.SIZE).longValue());
        return mix(both, price.scale());
    }

    /** One round of the finaliser of SplitMix64 over the sum so far and the next value. */
    private static long mix(long hash, long value) {
        long mixed = hash * 31 + value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
