package io.massivepipeline.sinks.redis;

import java.io.Serializable;
import java.util.List;

/** Hears what became of appends, and may have something written because of it. */
@FunctionalInterface
public interface AppendOutcomeListener extends Serializable {

    /**
     * Called in the task's thread for every acknowledged append.
     *
     * @return writes that are carried out before the append counts as done; those of one key in the
     *     order of the answers, but not ordered against the elements of the sink
     */
    List<RedisWrite> onAcknowledged(AppendOutcome outcome);

    /** Asks for nothing. */
    static AppendOutcomeListener none() {
        return outcome -> List.of();
    }
}
