package io.massivepipeline.sources.trade;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The Flink type of {@link OptionTrade}: compact, with {@link OptionTradeSerializer}. */
public final class OptionTradeTypeInfo extends TypeInformation<OptionTrade> {

    public static final OptionTradeTypeInfo INSTANCE = new OptionTradeTypeInfo();

    private OptionTradeTypeInfo() {}

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<OptionTrade> getTypeClass() {
        return OptionTrade.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<OptionTrade> createSerializer(SerializerConfig config) {
        return new OptionTradeSerializer();
    }

    @Override
    public String toString() {
        return "OptionTrade";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OptionTradeTypeInfo;
    }

    @Override
    public int hashCode() {
        return OptionTradeTypeInfo.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof OptionTradeTypeInfo;
    }

    private Object readResolve() {
        return INSTANCE;
    }
}
