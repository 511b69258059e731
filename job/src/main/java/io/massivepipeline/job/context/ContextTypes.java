package io.massivepipeline.job.context;

import io.massivepipeline.job.structure.SerializedType;
import io.massivepipeline.sources.poll.PollEvent;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The Flink types of what goes from task to task about prices and chains. */
public final class ContextTypes {

    private ContextTypes() {}

    /** What pollers hand on. */
    public static TypeInformation<PollEvent> pollEvents() {
        return new SerializedType<>(PollEvent.class, PollEventTypeSerializer.INSTANCE);
    }

    /** What is broadcast. */
    public static TypeInformation<ContextUpdate> updates() {
        return new SerializedType<>(ContextUpdate.class, ContextUpdateSerializer.INSTANCE);
    }
}
