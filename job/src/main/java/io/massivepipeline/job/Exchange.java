package io.massivepipeline.job;

import io.massivepipeline.sources.trade.OptionTrade;

import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.SchedulerExecutionMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * How trades get from the one subtask that reads the feed to those that order them.
 *
 * <p>With a parallelism of 1 there is nobody to exchange them with. Ordering is then chained to
 * parsing: no trade is written and read again, and a thread less wants a core that Redis could use.
 * The state is the same, so a job may go on with another parallelism.
 *
 * <p>A scheduler that changes parallelisms on its own must know better: the feed has one reader,
 * and what is chained to it can't be spread.
 */
final class Exchange {

    private final boolean elastic;
    private final boolean chained;

    private Exchange(boolean elastic, boolean chained) {
        this.elastic = elastic;
        this.chained = chained;
    }

    static Exchange in(StreamExecutionEnvironment env) {
        ReadableConfig configuration = env.getConfiguration();
        boolean elastic =
                configuration.get(JobManagerOptions.SCHEDULER) == SchedulerType.Adaptive
                        || configuration.get(JobManagerOptions.SCHEDULER_MODE)
                                == SchedulerExecutionMode.REACTIVE;
        return new Exchange(elastic, env.getParallelism() == 1 && !elastic);
    }

    /** What happens before the exchange happens in one subtask. */
    <T> SingleOutputStreamOperator<T> before(SingleOutputStreamOperator<T> operator) {
        operator.setParallelism(1);
        return elastic ? operator.setMaxParallelism(1) : operator;
    }

    /** The trades by underlying and expiry. */
    KeyedStream<OptionTrade, String> byStream(DataStream<OptionTrade> trades) {
        KeySelector<OptionTrade, String> stream = trade -> trade.contract().expiryKey();
        return chained
                ? DataStreamUtils.reinterpretAsKeyedStream(trades, stream)
                : trades.keyBy(stream);
    }
}
