package io.massivepipeline.sources.poll;

/**
 * Something on its way from a poller to the job.
 *
 * @param question to which it is the newest answer, or null if it is not to be kept
 * @param kept the answer in its serialized form, or null
 */
record Polled<T>(T element, String question, byte[] kept) {}
