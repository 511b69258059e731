package io.massivepipeline.job.snapshot;

import io.massivepipeline.sources.trade.OptionContract;
import io.massivepipeline.sources.trade.OptionRight;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All rows of an expiry, by strike and root, and which of them may have changed since they were
 * published, so that a cut looks at those alone.
 */
final class Rows {

    private final TreeMap<RowKey, Row> rows = new TreeMap<>();
    private final Map<String, Row> byTicker = new HashMap<>();
    private final List<Row> touched = new ArrayList<>();
    private final TreeSet<RowKey> removed = new TreeSet<>();

    /** Whether the texts of all published rows are there, as they are not after a restore. */
    private boolean prepared;

    /** What differs from what was published last. */
    record Changes(List<Row> changed, List<RowKey> removed) {

        boolean isEmpty() {
            return changed.isEmpty() && removed.isEmpty();
        }
    }

    /** To be called before anything changes. */
    void prepare(RowText texts) {
        if (!prepared) {
            rows.values().forEach(row -> row.prepare(texts));
            prepared = true;
        }
    }

    Collection<Row> all() {
        return rows.values();
    }

    int size() {
        return rows.size();
    }

    /** How many rows may have changed. */
    int touchedCount() {
        return touched.size() + removed.size();
    }

    void add(ContractTrades trades) {
        Row row = byTicker.get(trades.ticker());
        OptionRight right;
        if (row == null) {
            OptionContract contract = OptionContract.parse(trades.ticker()).orElseThrow();
            row = row(contract.strikeThousandths(), contract.root());
            right = contract.right();
        } else {
            right = rightOf(row, trades.ticker());
        }
        touch(row);
        leg(row, right, trades.ticker()).add(trades);
    }

    void addRecentVolume(String ticker, long change) {
        Row row = byTicker.get(ticker);
        touch(row);
        row.leg(rightOf(row, ticker), ticker).addRecentVolume(change);
    }

    /** Which contracts are active from now on, and what is known of them. */
    void list(List<Listing.Contract> contracts) {
        Set<String> active = new HashSet<>();
        for (Listing.Contract contract : contracts) {
            active.add(contract.ticker());
            Row row = row(contract.strike(), contract.root());
            Leg leg = leg(row, contract.right(), contract.ticker());
            if (!contract.quote().equals(leg.quote())) {
                touch(row);
                leg.quote(contract.quote());
            }
        }
        for (Row row : rows.values()) {
            dropQuote(row, row.call(), active);
            dropQuote(row, row.put(), active);
        }
    }

    private void dropQuote(Row row, Leg leg, Set<String> active) {
        if (leg != null && leg.quote() != null && !active.contains(leg.ticker())) {
            touch(row);
            leg.quote(null);
        }
    }

    /** A new trade date begins. */
    void beginDate() {
        for (Row row : rows.values()) {
            beginDate(row, row.call());
            beginDate(row, row.put());
        }
    }

    private void beginDate(Row row, Leg leg) {
        if (leg != null && leg.trades() > 0) {
            touch(row);
            leg.beginDate();
        }
    }

    private Row row(long strike, String root) {
        return rows.computeIfAbsent(new RowKey(strike, root), Row::new);
    }

    private Leg leg(Row row, OptionRight right, String ticker) {
        byTicker.putIfAbsent(ticker, row);
        return row.leg(right, ticker);
    }

    private static OptionRight rightOf(Row row, String ticker) {
        boolean isCall = row.call() != null && row.call().ticker().equals(ticker);
        return isCall ? OptionRight.CALL : OptionRight.PUT;
    }

    private void touch(Row row) {
        if (!row.isTouched()) {
            row.touch();
            touched.add(row);
        }
    }

    /** Settles what did change, after which all of it counts as published. */
    Changes settle(RowText texts) {
        // What waited for the budget at a checkpoint is published before anything changes.
        prepare(texts);
        List<Row> changed = new ArrayList<>();
        touched.sort(Comparator.comparing(Row::key));
        for (Row row : touched) {
            dropIdleLegs(row);
            if (row.isEmpty()) {
                rows.remove(row.key());
                if (row.wasPublished()) {
                    removed.add(row.key());
                }
            } else {
                removed.remove(row.key());
                if (row.settle(texts)) {
                    changed.add(row);
                }
            }
        }
        touched.clear();
        Changes changes = new Changes(changed, List.copyOf(removed));
        removed.clear();
        return changes;
    }

    private void dropIdleLegs(Row row) {
        forgetIfIdle(row.call());
        forgetIfIdle(row.put());
        row.dropIdleLegs();
    }

    private void forgetIfIdle(Leg leg) {
        if (leg != null && leg.isIdle()) {
            byTicker.remove(leg.ticker());
        }
    }

    Rows copy() {
        Rows copy = new Rows();
        rows.values().forEach(row -> copy.put(row.copy()));
        copy.removed.addAll(removed);
        copy.prepared = prepared;
        return copy;
    }

    private void put(Row row) {
        rows.put(row.key(), row);
        for (Leg leg : new Leg[] {row.call(), row.put()}) {
            if (leg != null) {
                byTicker.put(leg.ticker(), row);
            }
        }
        if (row.isTouched()) {
            touched.add(row);
        }
    }

    void write(DataOutputView out) throws IOException {
        out.writeInt(rows.size());
        for (Row row : rows.values()) {
            row.write(out);
        }
        out.writeInt(removed.size());
        for (RowKey key : removed) {
            out.writeLong(key.strike());
            out.writeUTF(key.root());
        }
    }

    static Rows read(DataInputView in) throws IOException {
        Rows read = new Rows();
        for (int left = in.readInt(); left > 0; left--) {
            read.put(Row.read(in));
        }
        for (int left = in.readInt(); left > 0; left--) {
            read.removed.add(new RowKey(in.readLong(), in.readUTF()));
        }
        return read;
    }
}
