/**
 * WebSocket connections on the JDK's client: whole messages, only as fast as they are taken, with
 * pings and an orderly end. Knows nothing of the provider's protocol.
 */
package io.massivepipeline.sources.live.socket;
