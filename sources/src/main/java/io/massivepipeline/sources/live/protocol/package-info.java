/**
 * The provider's protocol as a state machine without socket, thread or clock: what happens goes in
 * as an {@link io.massivepipeline.sources.live.protocol.Event}, what to do comes out as {@link
 * io.massivepipeline.sources.live.protocol.Action}s.
 */
package io.massivepipeline.sources.live.protocol;
