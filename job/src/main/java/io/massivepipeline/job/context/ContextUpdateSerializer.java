package io.massivepipeline.job.context;

import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.job.structure.VersionedSerializer;
import io.massivepipeline.sources.poll.chain.ChainForm;
import io.massivepipeline.sources.poll.spot.SpotPrice;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.math.BigDecimal;

/** The bytes of what is broadcast, on their way to each subtask. */
final class ContextUpdateSerializer extends VersionedSerializer<ContextUpdate> {

    static final ContextUpdateSerializer INSTANCE = new ContextUpdateSerializer();

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    /** Says nothing but which serializer wrote a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ContextUpdate> {

        /** For Flink, which makes it from a checkpoint. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    private ContextUpdateSerializer() {
        super(VERSION, "context");
    }

    @Override
    protected void write(ContextUpdate update, DataOutputView out) throws IOException {
        out.writeBoolean(update.spot() != null);
        if (update.spot() != null) {
            write(update.spot(), out);
        } else {
            write(update.chain(), out);
        }
    }

    private static void write(Spot spot, DataOutputView out) throws IOException {
        out.writeLong(spot.at());
        SpotPrice price = spot.price();
        out.writeUTF(price.symbol());
        out.writeUTF(price.apiSymbol());
        out.writeUTF(price.value().toString());
        out.writeBoolean(price.volume() != null);
        out.writeLong(price.volume() == null ? 0 : price.volume());
        out.writeLong(price.timestamp());
        writeText(price.marketStatus(), out);
        writeText(price.timeframe(), out);
    }

    private static void writeText(String textOrNull, DataOutputView out) throws IOException {
        out.writeBoolean(textOrNull != null);
        out.writeUTF(textOrNull == null ? "" : textOrNull);
    }

    private static void write(ChainContext chain, DataOutputView out) throws IOException {
        out.writeUTF(chain.stream().text());
        out.writeLong(chain.at());
        out.writeLong(chain.polledAt());
        out.writeInt(chain.dteDays());
        out.writeInt(chain.dteIndex());
        out.writeUTF(chain.spot().toString());
        out.writeLong(chain.atm());
        out.writeLong(chain.rangePoints());
        out.writeLong(chain.strikeStep());
        out.writeLong(chain.strikeMin());
        out.writeLong(chain.strikeMax());
        ChainForm.writeContracts(chain.contracts(), out);
    }

    @Override
    protected ContextUpdate read(DataInputView in) throws IOException {
        return in.readBoolean() ? ContextUpdate.of(spot(in)) : ContextUpdate.of(chain(in));
    }

    private static Spot spot(DataInputView in) throws IOException {
        long at = in.readLong();
        String symbol = in.readUTF();
        String apiSymbol = in.readUTF();
        BigDecimal value = new BigDecimal(in.readUTF());
        boolean hasVolume = in.readBoolean();
        long volume = in.readLong();
        return new Spot(
                at,
                new SpotPrice(
                        symbol,
                        apiSymbol,
                        value,
                        hasVolume ? volume : null,
                        in.readLong(),
                        readText(in),
                        readText(in)));
    }

    private static String readText(DataInputView in) throws IOException {
        boolean present = in.readBoolean();
        String text = in.readUTF();
        return present ? text : null;
    }

    private static ChainContext chain(DataInputView in) throws IOException {
        return new ChainContext(
                StreamKey.parse(in.readUTF()),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                new BigDecimal(in.readUTF()),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                ChainForm.readContracts(in));
    }

    @Override
    public ContextUpdate copy(ContextUpdate from) {
        return from;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializerSnapshot<ContextUpdate> snapshotConfiguration() {
        return new Snapshot();
    }
}
