package io.massivepipeline.sources.poll;

/** Takes what a poller brings. It waits as long as the job is behind. */
public interface PollOutput<T> {

    /**
     * Hands on the newest answer to a question. It is in the checkpoints until the next one to the
     * same question comes, and is handed on again after a recovery.
     */
    void latest(String question, T answer) throws InterruptedException;
}
