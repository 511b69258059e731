package io.massivepipeline.job;

import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * What goes from task to task beside the trades: counts, sums and what trades add to cuts. Nobody
 * waits for that as for a trade, so it goes in larger pieces; small ones wake up threads, of which
 * each then wants a core that the trades could use.
 */
final class SideTraffic {

    /** Well below the 200 ms at which what it ends in is written. */
    private static final long BUFFER_TIMEOUT_MS = 25;

    private SideTraffic() {}

    /** Has an operator's output wait for a piece, if trades would not wait as long themselves. */
    static <T> SingleOutputStreamOperator<T> of(SingleOutputStreamOperator<T> operator) {
        long ofTrades = operator.getExecutionEnvironment().getBufferTimeout();
        boolean shorter = ofTrades >= 0 && ofTrades < BUFFER_TIMEOUT_MS;
        return shorter ? operator.setBufferTimeout(BUFFER_TIMEOUT_MS) : operator;
    }
}
