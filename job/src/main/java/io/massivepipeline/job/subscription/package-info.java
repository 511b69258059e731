/** Which channels the live source subscribes to, as Redis has them. */
package io.massivepipeline.job.subscription;
