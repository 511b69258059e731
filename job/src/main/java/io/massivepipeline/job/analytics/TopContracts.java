package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.StreamKey;

import java.util.List;

/**
 * The contracts of an underlying and expiry that traded most within the last sixty completed
 * seconds.
 *
 * @param contracts the largest volume first
 */
public record TopContracts(StreamKey stream, List<ContractVolume> contracts) {}
