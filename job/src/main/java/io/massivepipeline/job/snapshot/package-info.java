/**
 * The heatmap-ready state of each underlying and expiry: cuts of event time, rows and legs, what
 * changed between two publications, and how many of them a second may afford.
 *
 * <p>A row's JSON text is what changes are told by and what an unchanged row costs nothing by, so
 * it is written here; the keys it is put under are known to the outputs alone.
 */
package io.massivepipeline.job.snapshot;
