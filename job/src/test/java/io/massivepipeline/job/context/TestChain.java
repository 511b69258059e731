package io.massivepipeline.job.context;

import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.poll.chain.ChainPoll;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Puts a chain together, strike by strike. */
final class TestChain {

    private final String underlying;
    private final TreeSet<Integer> expiries = new TreeSet<>();
    private final List<ChainContract> contracts = new ArrayList<>();

    private TestChain(String underlying) {
        this.underlying = underlying;
    }

    static TestChain of(String underlying) {
        return new TestChain(underlying);
    }

    /** Calls and puts of a root, from the lowest to the highest strike, in dollars. */
    TestChain strikes(String root, int expiry, int lowest, int highest, int step) {
        for (int strike = lowest; strike <= highest; strike += step) {
            strike(root, expiry, strike);
        }
        return this;
    }

    TestChain strike(String root, int expiry, double strike) {
        expiries.add(expiry);
        for (String right : List.of("C", "P")) {
            contracts.add(
                    TestContext.contract(
                            "O:%s%06d%s%08d"
                                    .formatted(
                                            root,
                                            expiry % 1_000_000,
                                            right,
                                            Math.round(strike * 1000))));
        }
        return this;
    }

    /** An expiry that is listed, but nothing of it is known. */
    TestChain expiry(int expiry) {
        expiries.add(expiry);
        return this;
    }

    ChainPoll poll(long at) {
        return new ChainPoll(at, underlying, List.copyOf(expiries), List.copyOf(contracts));
    }

    ContextAnswer at(long at) {
        return ContextAnswer.of(poll(at));
    }
}
