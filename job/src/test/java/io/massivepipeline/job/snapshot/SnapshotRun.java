package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.context.ContextUpdate;
import io.massivepipeline.job.options.SnapshotSettings;
import io.massivepipeline.job.structure.OrderTrades;
import io.massivepipeline.job.structure.ParseFrames;
import io.massivepipeline.job.structure.TradeBatch;
import io.massivepipeline.job.structure.WatermarkPace;
import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.trade.OptionTrade;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;

/**
 * The operators from frames to publications at some parallelism, in one thread: what a channel
 * carries arrives in order, how far channels are behind each other is random. It can fail and be
 * rescaled at any moment.
 */
final class SnapshotRun implements AutoCloseable {

    private static final int MAX_PARALLELISM = 128;

    private final SnapshotSettings settings;
    private final Duration orderDelay;
    private final Random random;
    private final List<Publication> published = new ArrayList<>();

    private OneInputStreamOperatorTestHarness<FeedEvent, OptionTrade> parse;
    private List<Subtask> subtasks;
    private long now = 1_000_000;

    /** What is chained to one subtask of the ordering, and what takes its cuts. */
    private static final class Subtask {
        private KeyedOneInputStreamOperatorTestHarness<String, OptionTrade, TradeBatch> order;
        private OneInputStreamOperatorTestHarness<TradeBatch, CutBatch> cuts;
        private KeyedTwoInputStreamOperatorTestHarness<String, CutBatch, ContextUpdate, Publication>
                take;
        private final Queue<Object> trades = new ArrayDeque<>();
        private final Queue<Object> context = new ArrayDeque<>();
    }

    /** All states of a checkpoint. */
    private record Checkpoint(
            OperatorSubtaskState parse,
            OperatorSubtaskState order,
            OperatorSubtaskState cuts,
            OperatorSubtaskState take,
            int parallelism) {}

    SnapshotRun(SnapshotSettings settings, Duration orderDelay, int parallelism, long seed)
            throws Exception {
        this.settings = settings;
        this.orderDelay = orderDelay;
        this.random = new Random(seed);
        open(parallelism, null);
    }

    private void open(int parallelism, Checkpoint from) throws Exception {
        parse =
                new OneInputStreamOperatorTestHarness<>(
                        new ParseFrames(
                                orderDelay,
                                WatermarkPace.PROMPT,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1)));
        parse.setup(
                TypeInformation.of(OptionTrade.class)
                        .createSerializer(parse.getExecutionConfig().getSerializerConfig()));
        if (from != null) {
            parse.initializeState(from.parse);
        }
        parse.open();
        parse.setProcessingTime(now);
        subtasks = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            subtasks.add(subtask(i, parallelism, from));
        }
    }

    private Subtask subtask(int index, int parallelism, Checkpoint from) throws Exception {
        Subtask made = new Subtask();
        made.order =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new OrderTrades(Duration.ofMinutes(2)),
                        trade -> trade.contract().expiryKey(),
                        Types.STRING,
                        MAX_PARALLELISM,
                        parallelism,
                        index);
        made.cuts =
                new OneInputStreamOperatorTestHarness<>(
                        new AggregateCuts(settings.underlyings(), settings.interval()),
                        MAX_PARALLELISM,
                        parallelism,
                        index);
        made.take =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        new TakeSnapshots(settings, false),
                        batch -> batch.stream().text(),
                        null,
                        Types.STRING,
                        MAX_PARALLELISM,
                        parallelism,
                        index);
        made.take.setup(
                TypeInformation.of(Publication.class)
                        .createSerializer(made.take.getExecutionConfig().getSerializerConfig()));
        if (from != null) {
            made.order.initializeState(share(from.order, from, index, parallelism));
            made.cuts.initializeState(share(from.cuts, from, index, parallelism));
            made.take.initializeState(share(from.take, from, index, parallelism));
        }
        made.order.open();
        made.cuts.open();
        made.take.setProcessingTime(now);
        made.take.open();
        return made;
    }

    private static OperatorSubtaskState share(
            OperatorSubtaskState all, Checkpoint from, int index, int parallelism) {
        return AbstractStreamOperatorTestHarness.repartitionOperatorState(
                all, MAX_PARALLELISM, from.parallelism, parallelism, index);
    }

    /** A frame or a tick arrives. */
    void receive(FeedEvent event) throws Exception {
        now += random.nextInt(4);
        parse.setProcessingTime(now);
        parse.processElement(new StreamRecord<>(event));
        carryOn();
    }

    /** Context arrives between what the feed brings. */
    void receive(ContextUpdate update) throws Exception {
        subtasks.forEach(subtask -> subtask.context.add(update));
        deliverSome();
    }

    /** The feed ends. */
    void end() throws Exception {
        parse.processWatermark(Watermark.MAX_WATERMARK);
        carryOn();
        deliverAll();
    }

    /** The wall clock goes on. */
    void passTime(long millis) throws Exception {
        now += millis;
        parse.setProcessingTime(now);
        carryOn();
        for (Subtask subtask : subtasks) {
            subtask.take.setProcessingTime(now);
            collect(subtask);
        }
    }

    private void carryOn() throws Exception {
        Object element;
        while ((element = parse.getOutput().poll()) != null) {
            if (element instanceof Watermark mark) {
                for (Subtask subtask : subtasks) {
                    subtask.context.add(mark);
                    subtask.order.processWatermark(mark);
                    aggregate(subtask);
                }
            } else if (element instanceof StreamRecord<?> record) {
                OptionTrade trade = (OptionTrade) record.getValue();
                Subtask owner = subtasks.get(ownerOf(trade.contract().expiryKey()));
                owner.order.processElement(new StreamRecord<>(trade, trade.timestamp()));
            }
        }
        deliverSome();
    }

    private int ownerOf(String key) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                key, MAX_PARALLELISM, subtasks.size());
    }

    private static void aggregate(Subtask subtask) throws Exception {
        Object element;
        while ((element = subtask.order.getOutput().poll()) != null) {
            if (element instanceof Watermark mark) {
                subtask.cuts.processWatermark(mark);
            } else if (element instanceof StreamRecord<?> record) {
                subtask.cuts.processElement(new StreamRecord<>((TradeBatch) record.getValue()));
            }
        }
        subtask.trades.addAll(subtask.cuts.getOutput());
        subtask.cuts.getOutput().clear();
    }

    private void deliverSome() throws Exception {
        for (Subtask subtask : subtasks) {
            while (random.nextInt(3) > 0 && deliverOne(subtask)) {
                collect(subtask);
            }
        }
    }

    private void deliverAll() throws Exception {
        for (Subtask subtask : subtasks) {
            while (deliverOne(subtask)) {
                collect(subtask);
            }
        }
    }

    private boolean deliverOne(Subtask subtask) throws Exception {
        boolean fromTrades = random.nextBoolean() && !subtask.trades.isEmpty();
        if (fromTrades || subtask.context.isEmpty()) {
            Object element = subtask.trades.poll();
            if (element instanceof Watermark mark) {
                subtask.take.processWatermark1(mark);
            } else if (element instanceof StreamRecord<?> record) {
                subtask.take.processElement1(new StreamRecord<>((CutBatch) record.getValue()));
            }
            return element != null;
        }
        Object element = subtask.context.poll();
        if (element instanceof Watermark mark) {
            subtask.take.processWatermark2(mark);
        } else {
            subtask.take.processElement2(new StreamRecord<>((ContextUpdate) element));
        }
        return true;
    }

    private void collect(Subtask subtask) {
        published.addAll(subtask.take.extractOutputValues());
        subtask.take.getOutput().clear();
    }

    /**
     * Takes a checkpoint, which aligns, goes on with what is given, and is restored from it: what
     * was published meanwhile is published again.
     */
    void failAfter(Action action, int parallelism) throws Exception {
        Checkpoint checkpoint = checkpoint();
        List<Publication> before = List.copyOf(published);
        action.run();
        closeAll();
        published.clear();
        published.addAll(before);
        open(parallelism, checkpoint);
    }

    /** Something that may fail. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    private Checkpoint checkpoint() throws Exception {
        deliverAll();
        List<OperatorSubtaskState> orders = new ArrayList<>();
        List<OperatorSubtaskState> cuts = new ArrayList<>();
        List<OperatorSubtaskState> takes = new ArrayList<>();
        for (Subtask subtask : subtasks) {
            subtask.take.prepareSnapshotPreBarrier(1);
            orders.add(subtask.order.snapshot(1, 1));
            cuts.add(subtask.cuts.snapshot(1, 1));
            takes.add(subtask.take.snapshot(1, 1));
        }
        return new Checkpoint(
                parse.snapshot(1, 1), joined(orders), joined(cuts), joined(takes), subtasks.size());
    }

    private static OperatorSubtaskState joined(List<OperatorSubtaskState> states) throws Exception {
        return AbstractStreamOperatorTestHarness.repackageState(
                states.toArray(OperatorSubtaskState[]::new));
    }

    /** In the order in which subtasks published. */
    List<Publication> published() {
        return published;
    }

    /** How many objects the keyed state of the cuts holds, and how many timers. */
    int stateSize() {
        return subtasks.stream()
                .mapToInt(each -> each.take.numKeyedStateEntries() + each.take.numEventTimeTimers())
                .sum();
    }

    private void closeAll() throws Exception {
        parse.close();
        for (Subtask subtask : subtasks) {
            subtask.order.close();
            subtask.cuts.close();
            subtask.take.close();
        }
    }

    @Override
    public void close() throws Exception {
        closeAll();
    }
}
