/** The feed before anybody looks into it: frames, ticks and their text form. */
package io.massivepipeline.sources.feed;
