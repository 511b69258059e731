package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.GatheredOutput;
import io.massivepipeline.sources.trade.OptionContract;

import org.apache.flink.core.memory.DataInputView;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The on-time trades of an underlying and expiry within the last sixty completed seconds, and those
 * of the seconds not completed yet: a queue of second, contract and volume.
 *
 * <p>To add a trade costs three array elements. Sums by contract are drawn along only when somebody
 * wants to know; a trade that came and went in between, as most do in a fast replay, never enters
 * them.
 */
final class RecentTrades {

    private final VolumeQueue<OptionContract> trades;

    /** The position of the first trade that is in no sum yet. */
    private long pending;

    /** Of the trades that are within the minute. */
    private Map<OptionContract, Activity> active;

    private long completed;

    private static final class Activity {
        private int trades;
        private long volume;
    }

    RecentTrades() {
        this(new VolumeQueue<>(), new HashMap<>());
    }

    private RecentTrades(VolumeQueue<OptionContract> trades, Map<OptionContract, Activity> active) {
        this.trades = trades;
        this.active = active;
    }

    /**
     * Adds a trade; seconds never go back.
     *
     * @param second the end of its second
     * @param volume its size if it is regular, else 0
     * @param completed the end of the last completed second: what it leaves behind makes room
     */
    void add(long second, OptionContract contract, int volume, long completed) {
        if (trades.isFull()) {
            leaveUntil(completed - EventSeconds.MINUTE);
        }
        trades.append(second, contract, volume);
    }

    /**
     * Moves the minute on.
     *
     * @param second the end of the last completed second
     */
    void advanceTo(long second) {
        completed = second;
        leaveUntil(second - EventSeconds.MINUTE);
        while (pending < trades.end() && trades.second(pending) <= second) {
            enter(pending++);
        }
    }

    private void leaveUntil(long start) {
        long from = trades.first();
        while (from < pending && trades.second(from) <= start) {
            leave(from++);
        }
        if (from == pending) {
            while (from < trades.end() && trades.second(from) <= start) {
                from++;
            }
            pending = from;
        }
        trades.dropUntil(from);
    }

    private void enter(long position) {
        Activity activity =
                active.computeIfAbsent(trades.contract(position), contract -> new Activity());
        activity.trades++;
        activity.volume += trades.volume(position);
    }

    private void leave(long position) {
        OptionContract contract = trades.contract(position);
        Activity activity = active.get(contract);
        activity.trades--;
        activity.volume -= trades.volume(position);
        if (activity.trades == 0) {
            active.remove(contract);
        }
    }

    /** Whether there is nothing that could still change an answer. */
    boolean isEmpty() {
        return trades.first() == trades.end();
    }

    /** How many different contracts traded within the minute. */
    int contractsActive() {
        return active.size();
    }

    /** The rates as of the last completed second. */
    Rates rates(long bestSecond) {
        return new Rates(
                since(completed - EventSeconds.LENGTH),
                since(completed - 10 * EventSeconds.LENGTH),
                (int) (pending - trades.first()),
                bestSecond);
    }

    private int since(long second) {
        long position = pending;
        while (position > trades.first() && trades.second(position - 1) > second) {
            position--;
        }
        return (int) (pending - position);
    }

    /** The contracts with the largest volume within the minute, the largest first. */
    List<ContractVolume> top(int limit) {
        return active.entrySet().stream()
                .filter(entry -> entry.getValue().volume > 0)
                .map(entry -> new ContractVolume(entry.getKey().ticker(), entry.getValue().volume))
                .sorted(
                        Comparator.comparingLong(ContractVolume::volume)
                                .reversed()
                                .thenComparing(ContractVolume::contract))
                .limit(limit)
                .toList();
    }

    void clear() {
        pending = trades.end();
        trades.dropUntil(pending);
        active.clear();
    }

    /**
     * The same trades, for one who goes on while a checkpoint reads these: it takes over the sums.
     * These trades can go on, too, but begin by drawing up theirs.
     */
    RecentTrades copy() {
        RecentTrades copy = new RecentTrades(trades.copy(), active);
        copy.pending = pending;
        copy.completed = completed;
        active = new HashMap<>();
        pending = trades.first();
        return copy;
    }

    /** Writes the trades, each ticker once. */
    void write(GatheredOutput out) throws IOException {
        Map<OptionContract, Integer> numbers = new HashMap<>();
        out.writeInt((int) (trades.end() - trades.first()));
        for (long i = trades.first(); i < trades.end(); i++) {
            OptionContract contract = trades.contract(i);
            Integer known = numbers.putIfAbsent(contract, numbers.size());
            out.writeLong(trades.second(i));
            out.writeInt(known == null ? numbers.size() - 1 : known);
            if (known == null) {
                out.writeUTF(contract.ticker());
            }
            out.writeInt((int) trades.volume(i));
            out.itemEnds();
        }
    }

    static RecentTrades read(DataInputView in) throws IOException {
        RecentTrades trades = new RecentTrades();
        Map<Integer, OptionContract> contracts = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            long second = in.readLong();
            int number = in.readInt();
            if (number == contracts.size()) {
                contracts.put(number, readContract(in));
            }
            trades.add(second, contracts.get(number), in.readInt(), 0);
        }
        return trades;
    }

    private static OptionContract readContract(DataInputView in) throws IOException {
        String ticker = in.readUTF();
        return OptionContract.parse(ticker)
                .orElseThrow(() -> new IOException("No ticker: " + ticker));
    }
}
