/** Prices of underlyings and indices, all symbols in one request. */
package io.massivepipeline.sources.poll.spot;
