/** Files of text into which is written what comes, to be replayed. */
package io.massivepipeline.sources.capture;
