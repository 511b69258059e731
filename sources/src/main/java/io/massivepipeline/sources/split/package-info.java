/** Sources of one split, which one reader has, whatever the parallelism. */
package io.massivepipeline.sources.split;
