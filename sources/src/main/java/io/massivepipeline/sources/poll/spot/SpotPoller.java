package io.massivepipeline.sources.poll.spot;

import io.massivepipeline.sources.poll.Attempts;
import io.massivepipeline.sources.poll.Complaints;
import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.PollCounters;
import io.massivepipeline.sources.poll.PollEvent;
import io.massivepipeline.sources.poll.PollKind;
import io.massivepipeline.sources.poll.PollOutput;
import io.massivepipeline.sources.poll.Poller;
import io.massivepipeline.sources.poll.SwitchedOff;
import io.massivepipeline.sources.poll.rest.RestClient;
import io.massivepipeline.sources.poll.rest.RestException;
import io.massivepipeline.sources.poll.rest.RestSettings;

import org.apache.flink.metrics.MetricGroup;

import java.time.Clock;
import java.util.List;

/** Asks for all prices at once and hands on those that were told, and how it fares. */
final class SpotPoller implements Poller<PollEvent> {

    private static final String QUESTION = "spot";

    private final RestClient client;
    private final SpotSnapshot snapshot;
    private final PollCounters counters;
    private final Attempts attempts;
    private final Clock clock;
    private int told;

    SpotPoller(RestSettings rest, List<String> symbols, Clock clock, MetricGroup metrics) {
        this.clock = clock;
        this.counters = new PollCounters(PollKind.SPOT, metrics);
        Complaints complaints = new Complaints(System::nanoTime);
        this.attempts = new Attempts(counters, complaints);
        this.client = RestClient.open(rest, counters, clock);
        this.snapshot =
                new SpotSnapshot(
                        client,
                        symbols,
                        counters,
                        complaints,
                        new SwitchedOff(System::nanoTime),
                        clock);
    }

    @Override
    public void poll(PollOutput<PollEvent> out) throws InterruptedException {
        long begin = System.nanoTime();
        attempts.make(QUESTION, () -> ask(out));
        out.passing(PollEvent.of(counters.round(System.nanoTime() - begin, told)));
    }

    private void ask(PollOutput<PollEvent> out) throws RestException, InterruptedException {
        List<SpotPrice> prices = snapshot.ask();
        if (!prices.isEmpty()) {
            SpotPoll answer = new SpotPoll(clock.millis(), prices);
            told = prices.size();
            counters.answer(answer.polledAt());
            out.latest(QUESTION, PollEvent.of(ContextAnswer.of(answer)));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
