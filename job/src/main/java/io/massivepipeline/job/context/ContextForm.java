package io.massivepipeline.job.context;

import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sources.poll.chain.ChainForm;
import io.massivepipeline.sources.poll.spot.SpotPrice;

import org.apache.flink.types.StringValue;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * The bytes of prices and selections, between two tasks and in checkpoints, where they are part of
 * a form that has a version.
 */
final class ContextForm {

    private ContextForm() {}

    static void write(Spot spot, DataOutput out) throws IOException {
        out.writeLong(spot.at());
        SpotPrice price = spot.price();
        out.writeUTF(price.symbol());
        out.writeUTF(price.apiSymbol());
        out.writeUTF(price.value().toString());
        out.writeBoolean(price.volume() != null);
        out.writeLong(price.volume() == null ? 0 : price.volume());
        out.writeLong(price.timestamp());
        StringValue.writeString(price.marketStatus(), out);
        StringValue.writeString(price.timeframe(), out);
    }

    /** All but its contracts, which are to follow as {@link ChainForm} writes them. */
    static void writeHead(ChainContext chain, DataOutput out) throws IOException {
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
    }

    static Spot readSpot(DataInput in) throws IOException {
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
                        StringValue.readString(in),
                        StringValue.readString(in)));
    }

    /** With its contracts. */
    static ChainContext readChain(DataInput in) throws IOException {
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
}
