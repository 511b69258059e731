package io.massivepipeline.sources.wire;

import io.massivepipeline.sources.trade.OptionTrade;

/**
 * Hears what stands in frames, in its order. The elements of a frame are its trades, status events,
 * other events and all dead letters but those of the reason {@link DeadLetterReason#FRAME}.
 */
public interface FrameListener {

    void trade(OptionTrade trade);

    void deadLetter(DeadLetter letter);

    void status(StatusEvent event);

    /** An event of a kind that is passed over. */
    void other();
}
