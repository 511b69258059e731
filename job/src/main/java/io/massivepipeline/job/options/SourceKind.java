package io.massivepipeline.job.options;

/** Where the frames come from: {@code --source}. */
public enum SourceKind {
    /** The provider's WebSocket. */
    LIVE,
    /** A captured feed. */
    REPLAY
}
