/** What every way to the provider needs: the key, and what to say when it can't be had. */
package io.massivepipeline.sources.provider;
