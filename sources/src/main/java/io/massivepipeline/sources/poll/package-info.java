/** Sources that ask the provider again and again: what a poll answered, and who asks. */
package io.massivepipeline.sources.poll;
