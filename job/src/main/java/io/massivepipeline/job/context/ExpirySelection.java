package io.massivepipeline.job.context;

/**
 * A selection as it is to be published.
 *
 * @param context what is selected
 * @param contractsChanged whether other contracts are selected than before; false if only quotes or
 *     the money moved
 */
public record ExpirySelection(ChainContext context, boolean contractsChanged) {}
