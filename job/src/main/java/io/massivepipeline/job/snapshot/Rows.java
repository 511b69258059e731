package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.structure.GatheredOutput;
import io.massivepipeline.sources.trade.OptionContract;
import io.massivepipeline.sources.trade.OptionRight;

import org.apache.flink.core.memory.DataInputView;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * All rows of an expiry, by strike and root, and which of them may have changed since they were
 * published, so that a cut looks at those alone.
 *
 * <p>A copy shares the rows until one of the two changes a row, and copies that one then: after a
 * checkpoint the first change of each expiry would else copy its hundreds of rows, of all expiries
 * within one interval, while trades wait.
 */
final class Rows {

    /** By place; null where a row was. */
    private final List<Row> rows;

    private final List<RowKey> touched = new ArrayList<>();
    private final TreeSet<RowKey> removed = new TreeSet<>();

    private RowPlaces places;

    /** Stands in each row that nobody else has: such a one may be changed. */
    private Object owner = new Object();

    /** Whether the texts of all published rows are there, as they are not after a restore. */
    private boolean prepared;

    /** What differs from what was published last. */
    record Changes(List<Row> changed, List<RowKey> removed) {

        boolean isEmpty() {
            return changed.isEmpty() && removed.isEmpty();
        }
    }

    Rows() {
        this(new ArrayList<>(), new RowPlaces());
    }

    private Rows(List<Row> rows, RowPlaces places) {
        this.rows = rows;
        this.places = places;
    }

    /** To be called before anything changes. */
    void prepare(RowText texts) {
        if (!prepared) {
            for (int place : places.all()) {
                own(place).prepare(texts);
            }
            prepared = true;
        }
    }

    /** In the order of strike and root. */
    List<Row> all() {
        List<Row> all = new ArrayList<>(places.size());
        for (int place : places.all()) {
            all.add(rows.get(place));
        }
        return all;
    }

    int size() {
        return places.size();
    }

    /** How many rows may have changed. */
    int touchedCount() {
        return touched.size() + removed.size();
    }

    /**
     * Adds trades to the leg of their contract.
     *
     * @return the contract's ticker as the leg has it, for those who keep it, too
     */
    String add(ContractTrades trades) {
        Leg leg = legOf(trades.ticker());
        leg.add(trades);
        return leg.ticker();
    }

    private Leg legOf(String ticker) {
        int place = places.of(ticker);
        if (place != RowPlaces.NOWHERE) {
            return leg(place, rightOf(rows.get(place), ticker), ticker);
        }
        OptionContract contract = OptionContract.parse(ticker).orElseThrow();
        RowKey key = new RowKey(contract.strikeThousandths(), contract.root());
        return leg(placeOf(key), contract.right(), ticker);
    }

    void addRecentVolume(String ticker, long change) {
        legOf(ticker).addRecentVolume(change);
    }

    /** Which contracts are active from now on, and what is known of them. */
    void list(List<Listing.Contract> contracts) {
        Set<String> active = new HashSet<>();
        for (Listing.Contract contract : contracts) {
            active.add(contract.ticker());
            int place = placeOf(new RowKey(contract.strike(), contract.root()));
            Leg known = rows.get(place).leg(contract.right());
            if (known == null || !contract.quote().equals(known.quote())) {
                leg(place, contract.right(), contract.ticker()).quote(contract.quote());
            }
        }
        for (int place : places.all()) {
            dropQuote(place, OptionRight.CALL, active);
            dropQuote(place, OptionRight.PUT, active);
        }
    }

    private void dropQuote(int place, OptionRight right, Set<String> active) {
        Leg leg = rows.get(place).leg(right);
        if (leg != null && leg.quote() != null && !active.contains(leg.ticker())) {
            leg(place, right, leg.ticker()).quote(null);
        }
    }

    /** A new trade date begins. */
    void beginDate() {
        for (int place : places.all()) {
            beginDate(place, OptionRight.CALL);
            beginDate(place, OptionRight.PUT);
        }
    }

    private void beginDate(int place, OptionRight right) {
        Leg leg = rows.get(place).leg(right);
        if (leg != null && leg.trades() > 0) {
            leg(place, right, leg.ticker()).beginDate();
        }
    }

    /** The place of a row, which begins if there is none. */
    private int placeOf(RowKey key) {
        int place = places.of(key);
        return place == RowPlaces.NOWHERE ? put(new Row(key, owner)) : place;
    }

    /** A leg to be changed, which begins if there is none. */
    private Leg leg(int place, OptionRight right, String ticker) {
        Row row = own(place);
        if (!row.isTouched()) {
            row.touch();
            touched.add(row.key());
        }
        if (row.leg(right) == null) {
            ownPlaces().put(ticker, place);
        }
        return row.leg(right, ticker);
    }

    private static OptionRight rightOf(Row row, String ticker) {
        boolean isCall = row.call() != null && row.call().ticker().equals(ticker);
        return isCall ? OptionRight.CALL : OptionRight.PUT;
    }

    /** The row at a place, to be changed. */
    private Row own(int place) {
        Row row = rows.get(place);
        if (row.owner() != owner) {
            row = row.copy(owner);
            rows.set(place, row);
        }
        return row;
    }

    private RowPlaces ownPlaces() {
        if (places.isShared()) {
            places = places.copy();
        }
        return places;
    }

    /** Settles what did change, after which all of it counts as published. */
    Changes settle(RowText texts) {
        // What waited for the budget at a checkpoint is published before anything changes.
        prepare(texts);
        List<Row> changed = new ArrayList<>();
        touched.sort(null);
        for (RowKey key : touched) {
            int place = places.of(key);
            Row row = own(place);
            dropIdleLegs(row);
            if (row.isEmpty()) {
                ownPlaces().remove(key);
                rows.set(place, null);
                if (row.wasPublished()) {
                    removed.add(key);
                }
            } else {
                removed.remove(key);
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
            ownPlaces().remove(leg.ticker());
        }
    }

    /** The same rows; what one of the two changes from now on is its own. */
    Rows copy() {
        Rows copy = new Rows(new ArrayList<>(rows), places.share());
        copy.touched.addAll(touched);
        copy.removed.addAll(removed);
        copy.prepared = prepared;
        owner = new Object();
        return copy;
    }

    private int put(Row row) {
        int place = rows.indexOf(null);
        if (place < 0) {
            place = rows.size();
            rows.add(row);
        } else {
            rows.set(place, row);
        }
        ownPlaces().put(row.key(), place);
        return place;
    }

    private void putRead(Row row) {
        int place = put(row);
        for (Leg leg : new Leg[] {row.call(), row.put()}) {
            if (leg != null) {
                places.put(leg.ticker(), place);
            }
        }
        if (row.isTouched()) {
            touched.add(row.key());
        }
    }

    void write(GatheredOutput out) throws IOException {
        List<Row> all = all();
        out.writeInt(all.size());
        for (Row row : all) {
            row.write(out);
            out.itemEnds();
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
            read.putRead(Row.read(in, read.owner));
        }
        for (int left = in.readInt(); left > 0; left--) {
            read.removed.add(new RowKey(in.readLong(), in.readUTF()));
        }
        return read;
    }
}
