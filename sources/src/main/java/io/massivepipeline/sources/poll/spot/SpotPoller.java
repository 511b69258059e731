package io.massivepipeline.sources.poll.spot;

import io.massivepipeline.sources.poll.Attempts;
import io.massivepipeline.sources.poll.Complaints;
import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.PollCounters;
import io.massivepipeline.sources.poll.PollEvent;
import io.massivepipeline.sources.poll.PollKind;
import io.massivepipeline.sources.poll.PollOutput;
import io.massivepipeline.sources.poll.PollStatistics;
import io.massivepipeline.sources.poll.PollTime;
import io.massivepipeline.sources.poll.Poller;
import io.massivepipeline.sources.poll.SwitchedOff;
import io.massivepipeline.sources.poll.rest.RestClient;
import io.massivepipeline.sources.poll.rest.RestException;
import io.massivepipeline.sources.poll.rest.RestSettings;

import org.apache.flink.metrics.MetricGroup;

import java.util.List;

/** Asks for all prices at once and hands on those that were told, and how it fares. */
final class SpotPoller implements Poller<PollEvent> {

    private static final String QUESTION = "spot";
    private static final String STATISTICS = "statistics";

    private final RestClient client;
    private final SpotSnapshot snapshot;
    private final PollCounters counters;
    private final Attempts attempts;
    private final PollTime time;
    private int told;

    SpotPoller(RestSettings rest, List<String> symbols, PollTime time, MetricGroup metrics) {
        this.time = time;
        this.counters = new PollCounters(PollKind.SPOT, metrics);
        Complaints complaints = new Complaints(time::nanos);
        this.attempts = new Attempts(counters, complaints);
        this.client = RestClient.open(rest, counters, time);
        this.snapshot =
                new SpotSnapshot(
                        client,
                        symbols,
                        counters,
                        complaints,
                        new SwitchedOff(time::nanos),
                        time.clock());
    }

    @Override
    public void poll(PollOutput<PollEvent> out) throws InterruptedException {
        long begin = time.nanos();
        attempts.make(QUESTION, () -> ask(out));
        out.latest(STATISTICS, PollEvent.of(counters.round(time.nanos() - begin, told)));
    }

    private void ask(PollOutput<PollEvent> out) throws RestException, InterruptedException {
        List<SpotPrice> prices = snapshot.ask();
        if (!prices.isEmpty()) {
            SpotPoll answer = new SpotPoll(time.clock().millis(), prices);
            told = prices.size();
            counters.answer(answer.polledAt());
            out.latest(QUESTION, PollEvent.of(ContextAnswer.of(answer)));
        }
    }

    @Override
    public void resume(PollEvent kept) {
        PollStatistics before = kept.statistics();
        if (before != null) {
            counters.resume(before);
        } else if (kept.answer().spot() != null) {
            told = kept.answer().spot().prices().size();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
