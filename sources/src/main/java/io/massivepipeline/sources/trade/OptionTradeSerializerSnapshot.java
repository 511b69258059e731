package io.massivepipeline.sources.trade;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Which form of trades a checkpoint holds. The version is all that there is to know. */
public final class OptionTradeSerializerSnapshot implements TypeSerializerSnapshot<OptionTrade> {

    private static final int VERSION = 1;

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) {
        // The version, which Flink writes itself, says it all.
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader classLoader)
            throws IOException {
        if (version != VERSION) {
            throw new IOException("Trades of the unknown form " + version + " in the checkpoint");
        }
    }

    @Override
    public TypeSerializer<OptionTrade> restoreSerializer() {
        return new OptionTradeSerializer();
    }

    @Override
    public TypeSerializerSchemaCompatibility<OptionTrade> resolveSchemaCompatibility(
            TypeSerializerSnapshot<OptionTrade> old) {
        return old instanceof OptionTradeSerializerSnapshot
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
