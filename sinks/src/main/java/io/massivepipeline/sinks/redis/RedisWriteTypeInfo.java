package io.massivepipeline.sinks.redis;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

import java.lang.reflect.Type;
import java.util.Map;

/** The type of streams of {@link RedisWrite}; Flink finds it by itself. */
public final class RedisWriteTypeInfo extends TypeInformation<RedisWrite> {

    public static final RedisWriteTypeInfo INSTANCE = new RedisWriteTypeInfo();

    private static final long serialVersionUID = 1L;

    private RedisWriteTypeInfo() {}

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
    public Class<RedisWrite> getTypeClass() {
        return RedisWrite.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<RedisWrite> createSerializer(SerializerConfig config) {
        return RedisWriteSerializer.INSTANCE;
    }

    @Override
    public String toString() {
        return "RedisWrite";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RedisWriteTypeInfo;
    }

    @Override
    public int hashCode() {
        return RedisWriteTypeInfo.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof RedisWriteTypeInfo;
    }

    /** Hands the type to Flink. */
    public static final class Factory extends TypeInfoFactory<RedisWrite> {

        @Override
        public TypeInformation<RedisWrite> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return INSTANCE;
        }
    }
}
