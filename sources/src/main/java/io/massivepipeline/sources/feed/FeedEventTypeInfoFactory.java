package io.massivepipeline.sources.feed;

import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

import java.lang.reflect.Type;
import java.util.Map;

/** Tells Flink how the events of a feed travel, wherever it meets the type. */
public final class FeedEventTypeInfoFactory extends TypeInfoFactory<FeedEvent> {

    @Override
    public TypeInformation<FeedEvent> createTypeInfo(
            Type type, Map<String, TypeInformation<?>> genericParameters) {
        return FeedEventTypeInfo.INSTANCE;
    }
}
