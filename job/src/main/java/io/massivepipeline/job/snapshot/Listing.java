package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.context.ChainContext;
import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.trade.OptionRight;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a snapshot says of the chain of its expiry. Strikes are in thousandths of a dollar.
 *
 * @param polledAt when the chain was polled, Unix milliseconds
 * @param dteIndex the place of the expiry in the list of listed ones
 * @param atm the listed strike nearest to spot
 * @param strikeStep the most frequent distance of strikes
 * @param rangePoints half the width of the strike window, dollars
 * @param contracts the active ones
 */
record Listing(
        long polledAt,
        int dteIndex,
        long atm,
        long strikeStep,
        long rangePoints,
        List<Contract> contracts) {

    /** An active contract. */
    record Contract(String ticker, String root, OptionRight right, long strike, Quote quote) {

        static Contract of(ChainContract contract) {
            return new Contract(
                    contract.ticker(),
                    contract.root(),
                    contract.right(),
                    contract.strike(),
                    Quote.of(contract));
        }

        void write(DataOutputView out) throws IOException {
            out.writeUTF(ticker);
            out.writeUTF(root);
            out.writeBoolean(right == OptionRight.CALL);
            out.writeLong(strike);
            quote.write(out);
        }

        static Contract read(DataInputView in) throws IOException {
            return new Contract(
                    in.readUTF(),
                    in.readUTF(),
                    in.readBoolean() ? OptionRight.CALL : OptionRight.PUT,
                    in.readLong(),
                    Quote.read(in));
        }
    }

    static Listing of(ChainContext chain) {
        return new Listing(
                chain.polledAt(),
                chain.dteIndex(),
                chain.atm(),
                chain.strikeStep(),
                chain.rangePoints(),
                chain.contracts().stream().map(Contract::of).toList());
    }

    /** The same without its contracts, for whom these are known otherwise. */
    Listing withoutContracts() {
        return new Listing(polledAt, dteIndex, atm, strikeStep, rangePoints, List.of());
    }

    /** Writes one that may be null. */
    static void write(Listing listing, DataOutputView out) throws IOException {
        out.writeBoolean(listing != null);
        if (listing == null) {
            return;
        }
        out.writeLong(listing.polledAt);
        out.writeInt(listing.dteIndex);
        out.writeLong(listing.atm);
        out.writeLong(listing.strikeStep);
        out.writeLong(listing.rangePoints);
        out.writeInt(listing.contracts.size());
        for (Contract contract : listing.contracts) {
            contract.write(out);
        }
    }

    static Listing read(DataInputView in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        long polledAt = in.readLong();
        int dteIndex = in.readInt();
        long atm = in.readLong();
        long strikeStep = in.readLong();
        long rangePoints = in.readLong();
        int size = in.readInt();
        List<Contract> contracts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            contracts.add(Contract.read(in));
        }
        return new Listing(polledAt, dteIndex, atm, strikeStep, rangePoints, contracts);
    }
}
