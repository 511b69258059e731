/**
 * The live feed: one WebSocket connection to the provider as a Flink source.
 *
 * <p>{@code protocol} decides what to say, {@code socket} says it, {@code journal} keeps what was
 * heard; this package ties them together on one thread and hands the journal to Flink.
 */
package io.massivepipeline.sources.live;
