package io.massivepipeline.sources.poll;

import org.apache.flink.api.connector.source.SourceSplit;

import java.util.Map;

/**
 * What is asked for, which is one thing, and what was answered last.
 *
 * @param answers the newest answer to each question that was handed on, serialized
 */
public record PollSplit(Map<String, byte[]> answers) implements SourceSplit {

    static final String ID = "poll";

    public PollSplit {
        answers = Map.copyOf(answers);
    }

    /** Nothing was answered yet. */
    static PollSplit begin() {
        return new PollSplit(Map.of());
    }

    @Override
    public String splitId() {
        return ID;
    }
}
