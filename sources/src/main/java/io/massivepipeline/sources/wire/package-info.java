/**
 * From the bytes of a frame to trades, dead letters and status events; decides in arrival order
 * what is late.
 */
package io.massivepipeline.sources.wire;
