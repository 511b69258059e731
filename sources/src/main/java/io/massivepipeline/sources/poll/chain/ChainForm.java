package io.massivepipeline.sources.poll.chain;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of whole chains, between two tasks and in checkpoints, where they are part of a form
 * that has a version.
 */
public final class ChainForm {

    private ChainForm() {}

    /** Writes a chain. */
    public static void write(ChainPoll chain, DataOutput out) throws IOException {
        writeHead(chain, out);
        writeContracts(chain.contracts(), out);
    }

    /** What stands before the contracts. */
    public static void writeHead(ChainPoll chain, DataOutput out) throws IOException {
        out.writeLong(chain.polledAt());
        out.writeUTF(chain.underlying());
        out.writeInt(chain.expiries().size());
        for (int expiry : chain.expiries()) {
            out.writeInt(expiry);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static ChainPoll read(DataInput in) throws IOException {
        long polledAt = in.readLong();
        String underlying = in.readUTF();
        int size = in.readInt();
        List<Integer> expiries = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            expiries.add(in.readInt());
        }
        return new ChainPoll(polledAt, underlying, expiries, readContracts(in));
    }

    /** Writes contracts, how many they are first. */
    public static void writeContracts(List<ChainContract> contracts, DataOutput out)
            throws IOException {
        out.writeInt(contracts.size());
        ContractForm form = new ContractForm();
        for (ChainContract contract : contracts) {
            form.write(contract, out);
        }
    }

    /** Reads what {@link #writeContracts} wrote. */
    public static List<ChainContract> readContracts(DataInput in) throws IOException {
        int size = in.readInt();
        ContractForm form = new ContractForm();
        List<ChainContract> contracts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            contracts.add(form.read(in));
        }
        return contracts;
    }
}
