package io.massivepipeline.sources.poll;

/**
 * Something on its way from a poller to the job.
 *
 * @param question to which it is the newest answer
 * @param kept the answer in its serialized form
 */
record Polled<T>(T element, String question, byte[] kept) {}
