package io.massivepipeline.job.context;

import io.massivepipeline.job.oracle.ContextOracle;
import io.massivepipeline.job.oracle.SelectionOracle;
import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.spot.SpotPoll;
import io.massivepipeline.sources.poll.spot.SpotPrice;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** The operator, over random markets and through failures. */
class SelectContextTest {

    private static final long T = Instant.parse("2025-12-22T20:00:00Z").toEpochMilli();
    private static final Set<String> UNDERLYINGS = Set.of("SPX", "NDX");
    private static final int EXPIRATIONS = 2;

    /** Three minutes: prices every second, chains every ten, of which each lacks other strikes. */
    private static List<ContextAnswer> market(long seed) {
        Random random = new Random(seed);
        List<ContextAnswer> answers = new ArrayList<>();
        double spx = 6880;
        double ndx = 25_460;
        double vix = 14;
        for (int second = 0; second < 180; second++) {
            long at = T + second * 1_000L;
            spx += random.nextGaussian() * 1.5;
            ndx += random.nextGaussian() * 6;
            vix += random.nextGaussian() * 0.02;
            List<SpotPrice> prices = new ArrayList<>();
            prices.add(index("SPX", spx, at));
            prices.add(index("NDX", ndx, at));
            if (second > 40 && random.nextInt(10) > 0) {
                prices.add(index("VIX", vix, at));
            }
            answers.add(ContextAnswer.of(new SpotPoll(at, prices)));
            if (second % 10 == 3) {
                answers.add(chain("SPX", 6_780, 6_980, 5, random).at(at + 250));
                answers.add(chain("NDX", 25_200, 25_700, 10, random).at(at + 600));
            }
        }
        return answers;
    }

    private static SpotPrice index(String symbol, double value, long at) {
        BigDecimal cents = BigDecimal.valueOf(Math.round(value * 100), 2);
        return TestContext.price(symbol, cents.toPlainString(), null, at);
    }

    private static TestChain chain(
            String underlying, int lowest, int highest, int step, Random random) {
        TestChain chain = TestChain.of(underlying);
        for (int expiry : List.of(20251222, 20251223, 20251224)) {
            for (int strike = lowest; strike <= highest; strike += step) {
                if (random.nextInt(50) > 0) {
                    chain.strike(underlying.equals("SPX") ? "SPXW" : "NDXP", expiry, strike);
                }
            }
        }
        return chain;
    }

    private static OneInputStreamOperatorTestHarness<ContextAnswer, ContextUpdate> operator(
            OperatorSubtaskState state) throws Exception {
        OneInputStreamOperatorTestHarness<ContextAnswer, ContextUpdate> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(new SelectContext(UNDERLYINGS, EXPIRATIONS, 2.0)));
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void selectsWhatTheContractSaysAfterEachAnswer(long seed) throws Exception {
        ContextOracle oracle = new ContextOracle(2.0, EXPIRATIONS);
        Map<String, ContextOracle.Selected> selected = new TreeMap<>();
        int selections = 0;
        try (var harness = operator(null)) {
            for (ContextAnswer answer : market(seed)) {
                oracle.take(answer);
                harness.processElement(new StreamRecord<>(answer));

                for (ContextUpdate update : harness.extractOutputValues()) {
                    ChainContext context = update.chain();
                    if (context != null) {
                        selections++;
                        selected.put(
                                context.stream().text(),
                                new ContextOracle.Selected(
                                        SelectionOracle.of(context),
                                        context.spot().doubleValue(),
                                        context.at()));
                    }
                }
                harness.getOutput().clear();
                assertThat(selected).isEqualTo(oracle.selected());
            }
        }
        assertThat(selections).as("selections by prices too").isGreaterThan(18 * 2 * EXPIRATIONS);
    }

    @Test
    void failuresMakeNoDifference() throws Exception {
        List<ContextAnswer> answers = market(7);
        List<String> undisturbed;
        try (var harness = operator(null)) {
            for (ContextAnswer answer : answers) {
                harness.processElement(new StreamRecord<>(answer));
            }
            undisturbed = briefly(harness.extractOutputValues());
        }

        // When it is restored again and again, and the pollers repeat their last answers
        List<String> updates = new ArrayList<>();
        Random random = new Random(7);
        OperatorSubtaskState state = null;
        for (int i = 0; i < answers.size(); ) {
            try (var harness = operator(state)) {
                for (ContextAnswer repeated : newest(answers.subList(0, i))) {
                    harness.processElement(new StreamRecord<>(repeated));
                }
                int until = Math.min(answers.size(), i + 1 + random.nextInt(60));
                for (; i < until; i++) {
                    harness.processElement(new StreamRecord<>(answers.get(i)));
                }
                state = harness.snapshot(i, i);
                updates.addAll(briefly(harness.extractOutputValues()));
            }
        }

        assertThat(updates).isEqualTo(undisturbed);
    }

    /** Of each question the newest answer. */
    private static Collection<ContextAnswer> newest(List<ContextAnswer> answers) {
        Map<String, ContextAnswer> newest = new TreeMap<>();
        for (ContextAnswer answer : answers) {
            newest.put(answer.spot() != null ? "" : answer.chain().underlying(), answer);
        }
        return newest.values();
    }

    private static List<String> briefly(List<ContextUpdate> updates) {
        return updates.stream()
                .map(
                        update ->
                                update.spot() != null
                                        ? update.spot().toString()
                                        : "%s at %d: %d, %d contracts, %08x"
                                                .formatted(
                                                        update.chain().stream(),
                                                        update.at(),
                                                        update.chain().atm(),
                                                        update.chain().contracts().size(),
                                                        update.chain().toString().hashCode()))
                .toList();
    }
}
