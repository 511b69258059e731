/** Placeholder. */
package io.massivepipeline.job;
