/** The text form of answers about spot prices and chains: in captures and in checkpoints. */
package io.massivepipeline.sources.poll.capture;
