package io.massivepipeline.job.snapshot;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What trades add to one cut, in the order of their ids.
 *
 * @param cut Unix milliseconds
 */
record CutTrades(long cut, List<ContractTrades> contracts) {

    void write(DataOutputView out) throws IOException {
        out.writeLong(cut);
        out.writeInt(contracts.size());
        for (ContractTrades contract : contracts) {
            contract.write(out);
        }
    }

    static CutTrades read(DataInputView in) throws IOException {
        long cut = in.readLong();
        int size = in.readInt();
        List<ContractTrades> contracts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            contracts.add(ContractTrades.read(in));
        }
        return new CutTrades(cut, contracts);
    }
}
