/** Placeholder. */
package io.massivepipeline.sinks;
