package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.GatheredOutput;
import io.massivepipeline.sources.trade.OptionContract;

import org.apache.flink.core.memory.DataInputView;

import java.io.IOException;
import java.util.Arrays;
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

    private static final int FIRST_CAPACITY = 8;

    private long[] seconds;
    private OptionContract[] contracts;
    private int[] volumes;

    /** Whether another one appends to the arrays; what is in them never changes. */
    private boolean lent;

    /** The oldest trade, the first one that is in no sum yet, and the first free place. */
    private int from;

    private int pending;
    private int to;

    /** Of the trades that are within the minute. */
    private Map<OptionContract, Activity> active;

    private long completed;

    private static final class Activity {
        private int trades;
        private long volume;
    }

    RecentTrades() {
        this(
                new long[FIRST_CAPACITY],
                new OptionContract[FIRST_CAPACITY],
                new int[FIRST_CAPACITY],
                new HashMap<>());
    }

    private RecentTrades(
            long[] seconds,
            OptionContract[] contracts,
            int[] volumes,
            Map<OptionContract, Activity> active) {
        this.seconds = seconds;
        this.contracts = contracts;
        this.volumes = volumes;
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
        if (to == seconds.length || lent) {
            leaveUntil(completed - EventSeconds.MINUTE);
            makeRoom();
        }
        seconds[to] = second;
        contracts[to] = contract;
        volumes[to++] = volume;
    }

    /**
     * Moves the minute on.
     *
     * @param second the end of the last completed second
     */
    void advanceTo(long second) {
        completed = second;
        leaveUntil(second - EventSeconds.MINUTE);
        while (pending < to && seconds[pending] <= second) {
            enter(pending++);
        }
    }

    private void leaveUntil(long start) {
        while (from < pending && seconds[from] <= start) {
            leave(from++);
        }
        if (from == pending) {
            while (from < to && seconds[from] <= start) {
                from++;
            }
            pending = from;
        }
    }

    private void enter(int place) {
        Activity activity = active.computeIfAbsent(contracts[place], contract -> new Activity());
        activity.trades++;
        activity.volume += volumes[place];
    }

    private void leave(int place) {
        Activity activity = active.get(contracts[place]);
        activity.trades--;
        activity.volume -= volumes[place];
        if (activity.trades == 0) {
            active.remove(contracts[place]);
        }
    }

    /** Whether there is nothing that could still change an answer. */
    boolean isEmpty() {
        return from == to;
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
                pending - from,
                bestSecond);
    }

    private int since(long second) {
        int place = pending;
        while (place > from && seconds[place - 1] > second) {
            place--;
        }
        return pending - place;
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
        from = to;
        pending = to;
        active.clear();
    }

    private void makeRoom() {
        boolean crowded = to - from > seconds.length / 2;
        int capacity = crowded ? seconds.length * 2 : seconds.length;
        seconds = Arrays.copyOf(Arrays.copyOfRange(seconds, from, to), capacity);
        contracts = Arrays.copyOf(Arrays.copyOfRange(contracts, from, to), capacity);
        volumes = Arrays.copyOf(Arrays.copyOfRange(volumes, from, to), capacity);
        pending -= from;
        to -= from;
        from = 0;
        lent = false;
    }

    /**
     * The same trades, for one who goes on while a checkpoint reads these: it takes over the sums,
     * and the arrays to append to. These trades can go on, too, but begin by drawing up theirs.
     */
    RecentTrades copy() {
        RecentTrades copy = new RecentTrades(seconds, contracts, volumes, active);
        copy.from = from;
        copy.pending = pending;
        copy.to = to;
        copy.completed = completed;
        active = new HashMap<>();
        pending = from;
        lent = true;
        return copy;
    }

    /** Writes the trades, each ticker once. */
    void write(GatheredOutput out) throws IOException {
        Map<OptionContract, Integer> numbers = new HashMap<>();
        out.writeInt(to - from);
        for (int i = from; i < to; i++) {
            Integer known = numbers.putIfAbsent(contracts[i], numbers.size());
            out.writeLong(seconds[i]);
            out.writeInt(known == null ? numbers.size() - 1 : known);
            if (known == null) {
                out.writeUTF(contracts[i].ticker());
            }
            out.writeInt(volumes[i]);
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
