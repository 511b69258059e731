package io.massivepipeline.job.snapshot;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

import java.lang.reflect.Type;
import java.util.Map;

/** The Flink type of {@link CutBatch}: its sums are no fields for Flink to see. */
public final class CutBatchTypeInfo extends TypeInformation<CutBatch> {

    private static final long serialVersionUID = 1L;

    static final CutBatchTypeInfo INSTANCE = new CutBatchTypeInfo();

    /** Tells Flink of this type wherever it meets the class. */
    public static final class Factory extends TypeInfoFactory<CutBatch> {

        @Override
        public TypeInformation<CutBatch> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return INSTANCE;
        }
    }

    private CutBatchTypeInfo() {}

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
    public Class<CutBatch> getTypeClass() {
        return CutBatch.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<CutBatch> createSerializer(SerializerConfig config) {
        return CutBatchSerializer.INSTANCE;
    }

    @Override
    public String toString() {
        return "CutBatch";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CutBatchTypeInfo;
    }

    @Override
    public int hashCode() {
        return CutBatchTypeInfo.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof CutBatchTypeInfo;
    }

    private Object readResolve() {
        return INSTANCE;
    }
}
