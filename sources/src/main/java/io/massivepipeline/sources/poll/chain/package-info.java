/** The listed contracts of an underlying with their quotes, greeks and open interest. */
package io.massivepipeline.sources.poll.chain;
