/** Answers about spot prices and chains as text, in captures, and as bytes, in checkpoints. */
package io.massivepipeline.sources.poll.capture;
