package io.massivepipeline.sources.wire;

/**
 * What {@link Lateness} knows, for a checkpoint. All times are Unix milliseconds.
 *
 * @param started whether there was a trade; if not, newest means nothing
 * @param newest the largest event time so far, as far as it is believed
 * @param floor what silence has decided: no trade before it is on time; 0 at first
 * @param received whether the last frame told its reception time; if not, the next one means
 *     nothing
 * @param lastReception the reception time of the last frame
 */
public record LatenessState(
        boolean started, long newest, long floor, boolean received, long lastReception) {}
