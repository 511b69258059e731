package io.massivepipeline.sources.poll.chain;

import io.massivepipeline.sources.poll.Attempts;
import io.massivepipeline.sources.poll.Complaints;
import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.PollCounters;
import io.massivepipeline.sources.poll.PollEvent;
import io.massivepipeline.sources.poll.PollKind;
import io.massivepipeline.sources.poll.PollOutput;
import io.massivepipeline.sources.poll.PollTime;
import io.massivepipeline.sources.poll.Poller;
import io.massivepipeline.sources.poll.ProviderSymbol;
import io.massivepipeline.sources.poll.SwitchedOff;
import io.massivepipeline.sources.poll.rest.RestClient;
import io.massivepipeline.sources.poll.rest.RestException;
import io.massivepipeline.sources.poll.spot.SpotSnapshot;

import org.apache.flink.metrics.MetricGroup;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Asks for the chains of all underlyings, one after the other, each aimed by the prices of that
 * moment. One that does not come does no harm to the others.
 */
final class ChainPoller implements Poller<PollEvent> {

    private static final String VIX = "VIX";
    private static final String STATISTICS = "statistics";
    private static final String AIM = "the prices that chains are aimed by";

    private final RestClient client;
    private final SpotSnapshot prices;
    private final Aim aim;
    private final Map<String, ChainSnapshot> chains = new LinkedHashMap<>();
    private final Map<String, Integer> sizes = new HashMap<>();
    private final PollCounters counters;
    private final Attempts attempts;
    private final SwitchedOff chainsOff;
    private final SwitchedOff pricesOff;
    private final PollTime time;

    ChainPoller(ChainSettings settings, MetricGroup metrics) {
        this.time = settings.time();
        this.aim = new Aim(time::nanos);
        this.chainsOff = new SwitchedOff(time::nanos);
        this.pricesOff = new SwitchedOff(time::nanos);
        this.counters = new PollCounters(PollKind.CHAIN, metrics);
        Complaints complaints = new Complaints(time::nanos);
        this.attempts = new Attempts(counters, complaints);
        this.client = RestClient.open(settings.rest(), counters, time);
        StrikeWindow window = new StrikeWindow(settings.rangeMultiplier());
        for (String underlying : settings.underlyings()) {
            chains.put(
                    underlying,
                    new ChainSnapshot(
                            client,
                            underlying,
                            ProviderSymbol.of(underlying),
                            settings.expirations(),
                            window,
                            time));
        }
        List<String> symbols =
                Stream.concat(settings.underlyings().stream(), Stream.of(VIX))
                        .distinct()
                        .map(ProviderSymbol::of)
                        .toList();
        this.prices =
                new SpotSnapshot(client, symbols, counters, complaints, pricesOff, time.clock());
    }

    @Override
    public void poll(PollOutput<PollEvent> out) throws InterruptedException {
        long begin = time.nanos();
        attempts.make(AIM, () -> aim.told(prices.ask()));
        for (Map.Entry<String, ChainSnapshot> chain : chains.entrySet()) {
            String name = name(chain.getKey());
            // Without a price there is nothing to aim by, which was said where prices are asked
            // for.
            if (!chainsOff.has(name) && !pricesOff.has(ProviderSymbol.of(chain.getKey()))) {
                attempts.make(name, () -> ask(chain.getKey(), name, chain.getValue(), out));
            }
        }
        int contracts = sizes.values().stream().mapToInt(Integer::intValue).sum();
        out.latest(STATISTICS, PollEvent.of(counters.round(time.nanos() - begin, contracts)));
    }

    private static String name(String underlying) {
        return "the chain of " + underlying;
    }

    private void ask(String underlying, String name, ChainSnapshot chain, PollOutput<PollEvent> out)
            throws RestException, InterruptedException {
        BigDecimal spot = aim.at(underlying);
        if (spot == null) {
            throw new RestException(RestException.Kind.NOT_FOUND, "there is no price to aim by");
        }
        ChainPoll answer;
        try {
            answer = chain.ask(spot, vix());
        } catch (RestException failed) {
            if (failed.kind() != RestException.Kind.NOT_ENTITLED) {
                throw failed;
            }
            chainsOff.refused(name, failed.getMessage());
            return;
        }
        chainsOff.answered(name);
        counters.answer(answer.polledAt());
        sizes.put(underlying, answer.contracts().size());
        out.latest(underlying, PollEvent.of(ContextAnswer.of(answer)));
    }

    /** One that is not told any more may still be selected by, and so may none. */
    private List<BigDecimal> vix() {
        BigDecimal told = aim.at(VIX);
        return told != null ? List.of(told) : Arrays.asList(aim.last(VIX), null);
    }

    @Override
    public void resume(PollEvent kept) {
        if (kept.statistics() != null) {
            counters.resume(kept.statistics());
            return;
        }
        ChainPoll chain = kept.answer().chain();
        if (chain != null && chains.containsKey(chain.underlying())) {
            sizes.put(chain.underlying(), chain.contracts().size());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
