package io.massivepipeline.sources.trade;

import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

import java.lang.reflect.Type;
import java.util.Map;

/** Tells Flink how trades travel, wherever it meets the type. */
public final class OptionTradeTypeInfoFactory extends TypeInfoFactory<OptionTrade> {

    @Override
    public TypeInformation<OptionTrade> createTypeInfo(
            Type type, Map<String, TypeInformation<?>> genericParameters) {
        return OptionTradeTypeInfo.INSTANCE;
    }
}
