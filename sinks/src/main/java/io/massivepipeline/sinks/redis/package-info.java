/** A Redis sink for Flink: what to write, the sink, its builder and its connection. */
package io.massivepipeline.sinks.redis;
