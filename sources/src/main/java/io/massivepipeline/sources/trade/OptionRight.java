package io.massivepipeline.sources.trade;

/** What the holder of an option may do: buy (call) or sell (put) the underlying. */
public enum OptionRight {
    CALL,
    PUT
}
