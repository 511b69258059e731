/** Bytes as they go over the wire. */
package io.massivepipeline.sinks.redis.wire;
