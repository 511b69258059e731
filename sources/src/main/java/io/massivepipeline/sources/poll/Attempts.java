package io.massivepipeline.sources.poll;

import io.massivepipeline.sources.poll.rest.RestException;
import io.massivepipeline.sources.provider.FatalFeedException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks, and says and counts what goes wrong, whatever that is: an answer that nobody thought of is
 * no reason to end a job whose trades go on. Only what is fatal passes, and an interrupt.
 */
public final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final PollCounters counters;
    private final Complaints complaints;

    public Attempts(PollCounters counters, Complaints complaints) {
        this.counters = counters;
        this.complaints = complaints;
    }

    /** Asks for one thing and hands on what comes. */
    @FunctionalInterface
    public interface Attempt {
        void ask() throws RestException, InterruptedException;
    }

    /**
     * Tries.
     *
     * @param name of what is asked for, in what is said about it
     */
    public void make(String name, Attempt attempt) throws InterruptedException {
        try {
            attempt.ask();
            complaints.settle(name);
        } catch (RestException failed) {
            wrong(name, failed.getMessage());
        } catch (FatalFeedException fatal) {
            throw fatal;
        } catch (RuntimeException unexpected) {
            LOG.debug("An answer about {} that nobody thought of", name, unexpected);
            wrong(name, "unexpected " + unexpected);
        }
    }

    private void wrong(String name, String problem) {
        counters.error();
        complaints.add(name, problem);
    }
}
