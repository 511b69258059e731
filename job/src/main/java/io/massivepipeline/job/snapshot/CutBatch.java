package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.structure.StreamKey;

import org.apache.flink.api.common.typeinfo.TypeInfo;

import java.util.List;

/**
 * What the trades that a stream released together add to its cuts. Immutable for whoever gets it.
 *
 * @param cuts by cut, ascending
 */
@TypeInfo(CutBatchSerializer.TypeFactory.class)
public record CutBatch(StreamKey stream, List<CutTrades> cuts) {}
