/** Leaves of JSON answers, each of which may be missing. */
package io.massivepipeline.sources.poll.json;
