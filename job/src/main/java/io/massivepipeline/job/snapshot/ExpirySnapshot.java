package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.structure.GatheredOutput;
import io.massivepipeline.job.structure.StreamKey;

import org.apache.flink.core.memory.DataInputView;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * All that the snapshots of one underlying and expiry are made of, in one object: the state as of
 * the cut that was taken last, and what belongs to cuts still to come.
 */
final class ExpirySnapshot {

    /** No cut was taken, no trade came, no timer is set. */
    static final long NONE = 0;

    private final StreamKey stream;

    private Rows rows = new Rows();
    private RecentVolume recent = new RecentVolume();
    private DaySums sums = new DaySums();
    private int tradeDate;
    private long newestTrade;
    private SpotValue spot;
    private Listing listing;
    private long cut;

    private long version;
    private SnapshotTotals publishedTotals = SnapshotTotals.NONE;
    private SpotValue publishedSpot;
    private Long publishedAtm;

    private NavigableMap<Long, PendingCut> pending = new TreeMap<>();
    private long timer = Long.MAX_VALUE;

    ExpirySnapshot(StreamKey stream) {
        this.stream = stream;
    }

    StreamKey stream() {
        return stream;
    }

    /** The cut that was taken last, or {@link #NONE}. */
    long cut() {
        return cut;
    }

    /** The version that was published last, or {@link #NONE}. */
    long version() {
        return version;
    }

    /** The trade date of the sums, 0 before the first trade. */
    int tradeDate() {
        return tradeDate;
    }

    /** The newest {@code t}, or {@link #NONE}. */
    long newestTrade() {
        return newestTrade;
    }

    SnapshotTotals totals() {
        return sums.totals();
    }

    /** The price, or null. */
    SpotValue spot() {
        return spot;
    }

    /** What is said of the chain, without its contracts; null without one. */
    Listing listing() {
        return listing;
    }

    Rows rows() {
        return rows;
    }

    /** Whether there is a chain, taken or to come, so that the price matters. */
    boolean isListed() {
        return listing != null
                || pending.values().stream().anyMatch(each -> each.listing() != null);
    }

    /** The event time of the timer that is set, or Long.MAX_VALUE. */
    long timer() {
        return timer;
    }

    void timer(long eventTime) {
        timer = eventTime;
    }

    /** Adds trades to a cut that is still to come. */
    void add(long toCut, List<ContractTrades> trades) {
        at(toCut).add(trades);
    }

    /** Adds a price to a cut that is still to come. */
    void add(long toCut, SpotValue newest) {
        at(toCut).spot(newest);
    }

    /** Adds a chain to a cut that is still to come. */
    void add(long toCut, Listing newest) {
        at(toCut).listing(newest);
    }

    private PendingCut at(long toCut) {
        return pending.computeIfAbsent(toCut, instant -> new PendingCut());
    }

    /** To how many cuts still to come something belongs that is known. */
    int pendingCuts() {
        return pending.size();
    }

    /** The last cut to which something belongs that is known, or {@link #NONE}. */
    long lastPending() {
        return pending.isEmpty() ? NONE : pending.lastKey();
    }

    /** The first cut to which something belongs that is known, or Long.MAX_VALUE. */
    long firstPending() {
        return pending.isEmpty() ? Long.MAX_VALUE : pending.firstKey();
    }

    /** The next cut that may differ from the last one, or Long.MAX_VALUE. */
    long nextCut(CutGrid grid) {
        long next = Math.min(firstPending(), recent.nextChange());
        // Another interval than that of the cuts that are pending may have been chosen.
        return next == Long.MAX_VALUE ? next : grid.atOrAfter(next);
    }

    /**
     * How many cuts up to one, that one included, may differ from those before them.
     *
     * @param instant a cut
     */
    int cutsUntil(long instant, CutGrid grid) {
        int cuts = 0;
        long newest = NONE;
        for (long each : pending.headMap(instant, true).keySet()) {
            long next = grid.atOrAfter(each);
            cuts += next == newest ? 0 : 1;
            newest = next;
        }
        return cuts;
    }

    /** Takes in what belongs to the cuts up to one. */
    void advanceTo(long instant, RowText texts) {
        rows.prepare(texts);
        cut = instant;
        while (!pending.isEmpty() && pending.firstKey() <= instant) {
            takeIn(pending.pollFirstEntry().getValue());
        }
        recent.advanceTo(instant, rows::addRecentVolume);
    }

    private void takeIn(PendingCut over) {
        over.trades().forEach(this::add);
        spot = over.spot() == null ? spot : over.spot();
        if (over.listing() != null) {
            listing = over.listing().withoutContracts();
            rows.list(over.listing().contracts());
        }
    }

    private void add(ContractTrades trades) {
        newestTrade = Math.max(newestTrade, trades.newest());
        if (trades.tradeDate() > tradeDate) {
            tradeDate = trades.tradeDate();
            sums.clear();
            recent.clear();
            rows.beginDate();
        }
        if (trades.tradeDate() == tradeDate) {
            sums.add(trades);
            String ticker = rows.add(trades);
            if (trades.secondEnd() != ContractTrades.NO_SECOND) {
                recent.add(trades.secondEnd(), ticker, trades.volume());
            }
        }
    }

    /** Whether a cut was taken since which something waits to be published. */
    boolean isUnpublished() {
        return cut != NONE && (rows.touchedCount() > 0 || headChanged());
    }

    /** Whether there is something beside rows that differs from what was published last. */
    boolean headChanged() {
        return version == NONE
                || !sums.totals().equals(publishedTotals)
                || !Objects.equals(spot, publishedSpot)
                || !Objects.equals(atm(), publishedAtm);
    }

    /** The listed strike nearest to spot, in thousandths, or null. */
    Long atm() {
        return listing == null ? null : (Long) listing.atm();
    }

    /** The last cut counts as published. */
    void published() {
        version = cut;
        publishedTotals = sums.totals();
        publishedSpot = spot;
        publishedAtm = atm();
    }

    ExpirySnapshot copy() {
        ExpirySnapshot copy = new ExpirySnapshot(stream);
        copy.rows = rows.copy();
        copy.recent = recent.copy();
        copy.sums = sums.copy();
        copy.tradeDate = tradeDate;
        copy.newestTrade = newestTrade;
        copy.spot = spot;
        copy.listing = listing;
        copy.cut = cut;
        copy.version = version;
        copy.publishedTotals = publishedTotals;
        copy.publishedSpot = publishedSpot;
        copy.publishedAtm = publishedAtm;
        pending.forEach((instant, each) -> copy.pending.put(instant, each.copy()));
        copy.timer = timer;
        return copy;
    }

    void write(GatheredOutput out) throws IOException {
        out.writeUTF(stream.text());
        rows.write(out);
        recent.write(out);
        sums.write(out);
        out.writeInt(tradeDate);
        out.writeLong(newestTrade);
        SpotValue.write(spot, out);
        Listing.write(listing, out);
        out.writeLong(cut);
        out.writeLong(version);
        publishedTotals.write(out);
        SpotValue.write(publishedSpot, out);
        out.writeBoolean(publishedAtm != null);
        out.writeLong(publishedAtm == null ? 0 : publishedAtm);
        out.writeInt(pending.size());
        for (Map.Entry<Long, PendingCut> entry : pending.entrySet()) {
            out.writeLong(entry.getKey());
            entry.getValue().write(out);
        }
        out.writeLong(timer);
    }

    static ExpirySnapshot read(DataInputView in) throws IOException {
        ExpirySnapshot read = new ExpirySnapshot(StreamKey.parse(in.readUTF()));
        read.rows = Rows.read(in);
        read.recent = RecentVolume.read(in);
        read.sums = DaySums.read(in);
        read.tradeDate = in.readInt();
        read.newestTrade = in.readLong();
        read.spot = SpotValue.read(in);
        read.listing = Listing.read(in);
        read.cut = in.readLong();
        read.version = in.readLong();
        read.publishedTotals = SnapshotTotals.read(in);
        read.publishedSpot = SpotValue.read(in);
        boolean hasAtm = in.readBoolean();
        long atm = in.readLong();
        read.publishedAtm = hasAtm ? atm : null;
        for (int left = in.readInt(); left > 0; left--) {
            read.pending.put(in.readLong(), PendingCut.read(in));
        }
        read.timer = in.readLong();
        return read;
    }
}
