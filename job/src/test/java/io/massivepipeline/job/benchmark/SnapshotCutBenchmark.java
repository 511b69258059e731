package io.massivepipeline.job.benchmark;

import io.massivepipeline.job.context.ChainContext;
import io.massivepipeline.job.context.ContextUpdate;
import io.massivepipeline.job.options.SnapshotSettings;
import io.massivepipeline.job.options.UnderlyingFilter;
import io.massivepipeline.job.snapshot.AggregateCuts;
import io.massivepipeline.job.snapshot.CutBatch;
import io.massivepipeline.job.snapshot.Publication;
import io.massivepipeline.job.snapshot.TakeSnapshots;
import io.massivepipeline.job.structure.IdentifiedTrade;
import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.job.structure.TradeBatch;
import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.trade.OptionContract;
import io.massivepipeline.sources.trade.OptionRight;
import io.massivepipeline.sources.trade.OptionTrade;
import io.massivepipeline.sources.trade.Price;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * What it costs to take a cut and build what is published of it, value and diff: CPU time of the
 * thread, 400 rows with both legs, five of them changed.
 *
 * <p>Arguments: rows, changed rows, cuts.
 */
public final class SnapshotCutBenchmark {

    private static final long START = 1_766_437_800_000L;
    private static final long INTERVAL = 200;
    private static final StreamKey STREAM = StreamKey.parse("SPX:20251223");
    private static final int MICROS = 1000;

    private SnapshotCutBenchmark() {}

    public static void main(String... arguments) throws Exception {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 400;
        int changed = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        int cuts = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20_000;
        SnapshotSettings settings =
                new SnapshotSettings(
                        new UnderlyingFilter(true, Set.of()), Duration.ofMillis(INTERVAL), 0);
        List<ChainContract> contracts = contracts(rows);
        Random random = new Random(1);
        try (OneInputStreamOperatorTestHarness<TradeBatch, CutBatch> aggregate =
                        new OneInputStreamOperatorTestHarness<>(
                                new AggregateCuts(settings.underlyings(), settings.interval()));
                KeyedTwoInputStreamOperatorTestHarness<String, CutBatch, ContextUpdate, Publication>
                        take =
                                new KeyedTwoInputStreamOperatorTestHarness<>(
                                        new TakeSnapshots(settings, false),
                                        batch -> batch.stream().text(),
                                        null,
                                        Types.STRING)) {
            take.setup(
                    TypeInformation.of(Publication.class)
                            .createSerializer(take.getExecutionConfig().getSerializerConfig()));
            aggregate.open();
            take.open();
            take.processElement2(new StreamRecord<>(ContextUpdate.of(chain(contracts))));
            long[] nanos = new long[cuts];
            long bytes = 0;
            for (int cut = 0; cut < cuts; cut++) {
                long time = START + cut * INTERVAL;
                aggregate.processElement(
                        new StreamRecord<>(trades(contracts, changed, time, random)));
                CutBatch batch = aggregate.extractOutputValues().get(0);
                aggregate.getOutput().clear();
                long before = cpuNanos();
                take.processElement1(new StreamRecord<>(batch));
                take.processBothWatermarks(new Watermark(time + INTERVAL - 1));
                nanos[cut] = cpuNanos() - before;
                for (Publication each : take.extractOutputValues()) {
                    bytes += each.value().length + each.diff().length;
                }
                take.getOutput().clear();
            }
            // The first half is for the compiler.
            long[] warm = Arrays.copyOfRange(nanos, cuts / 2, cuts);
            Arrays.sort(warm);
            System.out.printf(
                    Locale.ROOT,
                    "%d rows, %d changed, %,d bytes a cut; CPU us a cut: p50 %.0f, p99 %.0f, max %.0f%n",
                    rows,
                    changed,
                    bytes / cuts,
                    at(warm, 0.5),
                    at(warm, 0.99),
                    at(warm, 1));
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double at(long[] sorted, double part) {
        return (double) sorted[(int) (part * (sorted.length - 1))] / MICROS;
    }

    private static TradeBatch trades(
            List<ChainContract> contracts, int changed, long time, Random random) {
        List<IdentifiedTrade> trades = new ArrayList<>();
        for (int i = 0; i < changed; i++) {
            String ticker = contracts.get(random.nextInt(contracts.size())).ticker();
            OptionTrade trade =
                    OptionTrade.builder()
                            .contract(OptionContract.parse(ticker).orElseThrow())
                            .price(Price.of(100 + random.nextInt(9000), 2))
                            .size(1 + random.nextInt(20))
                            .timestamp(time + i)
                            .conditions(209)
                            .build();
            trades.add(new IdentifiedTrade(trade, i));
        }
        return new TradeBatch(STREAM, trades, 0, false, Long.MIN_VALUE);
    }

    private static List<ChainContract> contracts(int rows) {
        List<ChainContract> contracts = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            long strike = 6_000_000L + row * 5000L;
            for (OptionRight right : OptionRight.values()) {
                contracts.add(contract(strike, right));
            }
        }
        return contracts;
    }

    private static ChainContract contract(long strike, OptionRight right) {
        return new ChainContract(
                "O:SPXW251223%s%08d".formatted(right == OptionRight.CALL ? "C" : "P", strike),
                "SPXW",
                right,
                STREAM.expiry(),
                strike,
                100,
                new BigDecimal("7.7"),
                new BigDecimal("7.9"),
                new BigDecimal("7.8"),
                START,
                null,
                null,
                0.1834,
                -0.4512,
                0.00217,
                null,
                null,
                1200L,
                null);
    }

    private static ChainContext chain(List<ChainContract> contracts) {
        long lowest = contracts.get(0).strike();
        long highest = contracts.get(contracts.size() - 1).strike();
        return new ChainContext(
                STREAM,
                START,
                START,
                1,
                0,
                BigDecimal.valueOf(lowest, 3),
                lowest,
                1000,
                5000,
                lowest,
                highest,
                contracts);
    }
}
