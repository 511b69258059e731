package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.context.ChainContext;
import io.massivepipeline.job.context.ContextUpdate;
import io.massivepipeline.job.context.Spot;
import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.poll.spot.SpotPrice;
import io.massivepipeline.sources.trade.OptionRight;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Prices and chains beside a random feed of trades: windows that move, quotes that come and go,
 * some that repeat what was there.
 */
final class RandomContext {

    private static final String[] UNDERLYINGS = {"SPX", "NDX"};
    private static final String[][] ROOTS = {{"SPX", "SPXW"}, {"NDXP"}};
    private static final int[] EXPIRIES = {20251222, 20251223, 20260116};

    private final Random random;
    private final List<ContextUpdate> updates = new ArrayList<>();
    private final int[] atm = {110, 108};

    private RandomContext(long seed) {
        this.random = new Random(seed);
    }

    /** About a price a second and underlying, and a chain every three seconds and expiry. */
    static List<ContextUpdate> between(long from, long to, long seed) {
        RandomContext context = new RandomContext(seed);
        long at = from;
        while (at < to) {
            at += 1 + context.random.nextInt(300);
            int which = context.random.nextInt(2);
            if (context.random.nextInt(3) > 0) {
                context.updates.add(ContextUpdate.of(context.spot(which, at)));
            } else {
                context.updates.add(ContextUpdate.of(context.chain(which, at)));
            }
        }
        return context.updates;
    }

    private Spot spot(int which, long at) {
        atm[which] += random.nextInt(3) - 1;
        BigDecimal value = BigDecimal.valueOf(atm[which] * 100L + random.nextInt(4) * 10L, 2);
        SpotPrice price =
                new SpotPrice(
                        UNDERLYINGS[which],
                        "I:" + UNDERLYINGS[which],
                        value,
                        null,
                        at - 500,
                        "open",
                        "REAL-TIME");
        return new Spot(at, price);
    }

    private ChainContext chain(int which, long at) {
        int expiry = EXPIRIES[random.nextInt(EXPIRIES.length)];
        long middle = atm[which] * 1000L;
        List<ChainContract> contracts = new ArrayList<>();
        for (long strike = middle - 4000; strike <= middle + 4000; strike += 500) {
            for (String root : ROOTS[which]) {
                if (strike % 1000 == 0 || root.equals("SPXW")) {
                    contract(root, expiry, OptionRight.CALL, strike, at, contracts);
                    contract(root, expiry, OptionRight.PUT, strike, at, contracts);
                }
            }
        }
        return new ChainContext(
                StreamKey.parse(UNDERLYINGS[which] + ":" + expiry),
                at,
                at - random.nextInt(2000),
                7,
                random.nextInt(5),
                BigDecimal.valueOf(atm[which]),
                middle,
                4,
                1000,
                middle - 4000,
                middle + 4000,
                contracts);
    }

    private void contract(
            String root,
            int expiry,
            OptionRight right,
            long strike,
            long at,
            List<ChainContract> into) {
        if (random.nextInt(20) == 0) {
            return;
        }
        String ticker =
                "O:%s%06d%s%08d"
                        .formatted(
                                root,
                                expiry % 1_000_000,
                                right == OptionRight.CALL ? "C" : "P",
                                strike);
        boolean isQuoted = random.nextInt(4) > 0;
        BigDecimal bid = isQuoted ? BigDecimal.valueOf(strike / 1000 + random.nextInt(2), 1) : null;
        into.add(
                new ChainContract(
                        ticker,
                        root,
                        right,
                        expiry,
                        strike,
                        100,
                        bid,
                        isQuoted ? bid.add(new BigDecimal("0.20")) : null,
                        isQuoted ? bid.add(new BigDecimal("0.1")) : null,
                        isQuoted ? (Long) (at / 5000 * 5000) : null,
                        null,
                        null,
                        random.nextInt(3) > 0 ? (Double) 0.25 : null,
                        random.nextInt(3) > 0 ? (Double) (-1.0E-7 * random.nextInt(2)) : null,
                        0.00125,
                        null,
                        null,
                        random.nextInt(2) > 0 ? (Long) 1200L : null,
                        null));
    }
}
