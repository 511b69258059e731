package io.massivepipeline.sources.poll;

/** What is asked for. */
public enum PollKind {
    SPOT,
    CHAIN
}
