package io.massivepipeline.job.snapshot;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What belongs to a cut that has not been taken: trades in order, and the newest context. */
final class PendingCut {

    private final List<ContractTrades> trades = new ArrayList<>();

    private SpotValue spot;
    private Listing listing;

    void add(List<ContractTrades> added) {
        trades.addAll(added);
    }

    void spot(SpotValue newest) {
        spot = newest;
    }

    void listing(Listing newest) {
        listing = newest;
    }

    List<ContractTrades> trades() {
        return trades;
    }

    /** The newest price, or null if there is no new one. */
    SpotValue spot() {
        return spot;
    }

    /** The newest listing, or null if there is no new one. */
    Listing listing() {
        return listing;
    }

    PendingCut copy() {
        PendingCut copy = new PendingCut();
        copy.trades.addAll(trades);
        copy.spot = spot;
        copy.listing = listing;
        return copy;
    }

    void write(DataOutputView out) throws IOException {
        out.writeInt(trades.size());
        for (ContractTrades contract : trades) {
            contract.write(out);
        }
        SpotValue.write(spot, out);
        Listing.write(listing, out);
    }

    static PendingCut read(DataInputView in) throws IOException {
        PendingCut read = new PendingCut();
        for (int left = in.readInt(); left > 0; left--) {
            read.trades.add(ContractTrades.read(in));
        }
        read.spot = SpotValue.read(in);
        read.listing = Listing.read(in);
        return read;
    }
}
