/** The bounded source over captured feeds: a file, or a folder of segments. */
package io.massivepipeline.sources.replay;
