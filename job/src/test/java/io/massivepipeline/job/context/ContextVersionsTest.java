package io.massivepipeline.job.context;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.massivepipeline.job.context.TestContext.chain;
import static io.massivepipeline.job.context.TestContext.spot;
import static org.assertj.core.api.Assertions.assertThat;

class ContextVersionsTest {

    private static final String STREAM = "SPX:20251223";
    private static final long T = Instant.parse("2025-12-22T21:00:00Z").toEpochMilli();
    private static final int MAX_PARALLELISM = 128;

    private final List<Harness> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (Harness harness : open) {
            harness.close();
        }
    }

    @Test
    void aCutSeesTheNewestAtOrBeforeIt() throws Exception {
        Harness subtask = subtask(1, 0, null);
        subtask.broadcast(spot("SPX", T, "6878.49"));
        subtask.broadcast(chain(STREAM, T + 100, 6880));
        subtask.broadcast(spot("SPX", T + 1_000, "6879"));
        subtask.broadcast(chain(STREAM, T + 10_100, 6875));

        assertThat(subtask.ask(T - 1)).isEqualTo("none none");
        assertThat(subtask.ask(T)).isEqualTo("6878.49 none");
        assertThat(subtask.ask(T + 999)).isEqualTo("6878.49 6880");
        assertThat(subtask.ask(T + 1_000)).isEqualTo("6879 6880");
        assertThat(subtask.ask(T + 10_099)).isEqualTo("6879 6880");
        assertThat(subtask.ask(T + 10_100)).isEqualTo("6879 6875");
    }

    @Test
    void tradesMayComeBeforeAnyContext() throws Exception {
        Harness subtask = subtask(1, 0, null);

        assertThat(subtask.ask(T)).isEqualTo("none none");

        subtask.broadcast(chain(STREAM, T, 6880));
        assertThat(subtask.ask(T)).isEqualTo("none 6880");
    }

    @Test
    void underlyingsAndExpiriesAreApart() throws Exception {
        Harness subtask = subtask(1, 0, null);
        subtask.broadcast(spot("NDX", T, "25460"));
        subtask.broadcast(chain("SPX:20251224", T, 6900));
        subtask.broadcast(chain("NDX:20251223", T, 25460));

        assertThat(subtask.ask(T)).isEqualTo("none none");
    }

    @Test
    void ofTwoAtTheSameTimeTheLaterStands() throws Exception {
        Harness subtask = subtask(1, 0, null);
        subtask.broadcast(chain(STREAM, T, 6880));
        subtask.broadcast(chain(STREAM, T, 6885));

        assertThat(subtask.ask(T)).isEqualTo("none 6885");
        assertThat(subtask.chains(STREAM)).hasSize(1);
    }

    @Test
    void broadcastTimesAloneDecideWhatIsKept() throws Exception {
        // Given two subtasks of which one is ahead, both behind context by less than the horizon
        Harness ahead = subtask(2, 0, null);
        Harness behind = subtask(2, 1, null);
        ahead.passed(T + 599_000);
        behind.passed(T + 545_000);

        // When there are ten minutes of context
        for (long at = T; at <= T + 600_000; at += 10_000) {
            for (Harness subtask : List.of(ahead, behind)) {
                subtask.broadcast(chain(STREAM, at, 6000 + (at - T) / 10_000));
                subtask.broadcast(spot("SPX", at, Long.toString(6000 + (at - T) / 10_000)));
            }
        }

        // Then both hold what stood within the last minute
        assertThat(ahead.chains(STREAM))
                .hasSize(7)
                .isEqualTo(behind.chains(STREAM))
                .first()
                .extracting(ChainContext::at)
                .isEqualTo(T + 540_000);
        assertThat(ahead.spots("SPX")).hasSize(7).isEqualTo(behind.spots("SPX"));
        assertThat(ahead.ask(T + 545_000)).isEqualTo("6054 6054");
    }

    @Test
    void aSubtaskThatIsFarBehindKeepsWhatItNeeds() throws Exception {
        // Given a replay in which context is five minutes ahead of the trades
        Harness subtask = subtask(1, 0, null);
        subtask.passed(T + 4_000);
        for (long at = T; at <= T + 300_000; at += 10_000) {
            subtask.broadcast(chain(STREAM, at, 6000 + (at - T) / 10_000));
        }

        // Then the next cut sees what stood when it was
        assertThat(subtask.ask(T + 4_200)).isEqualTo("none 6000");
        assertThat(subtask.chains(STREAM)).hasSize(31);

        // And once trades have caught up, it is given up
        subtask.passed(T + 299_999);
        subtask.broadcast(chain(STREAM, T + 310_000, 6100));
        assertThat(subtask.chains(STREAM)).hasSize(7);
    }

    @Test
    void whatIsKeptIsBoundedWhenTradesStandStill() throws Exception {
        // Given a feed that has not begun, or is not heard any more
        Harness subtask = subtask(1, 0, null);

        // When context goes on for two hours
        for (long at = T; at <= T + 7_200_000; at += 10_000) {
            subtask.broadcast(chain(STREAM, at, 6000 + (at - T) / 10_000));
        }

        // Then the last fifteen minutes are there
        assertThat(subtask.chains(STREAM)).hasSize(91);
        assertThat(subtask.ask(T + 7_200_000)).isEqualTo("none 6720");
    }

    @Test
    void expiriesAreForgottenSomeDaysAfterTheirDate() throws Exception {
        Harness subtask = subtask(1, 0, null);
        subtask.broadcast(chain(STREAM, T, 6880));
        subtask.broadcast(chain("SPX:20260116", T, 6880));
        long over = Instant.parse("2025-12-24T05:00:00Z").toEpochMilli();
        long forgotten = over + 4 * 86_400_000L;

        subtask.broadcast(chain("SPX:20260116", forgotten - 1, 6880));
        assertThat(subtask.chains(STREAM)).isNotNull();

        subtask.broadcast(chain("SPX:20260116", forgotten, 6880));
        assertThat(subtask.chains(STREAM)).isNull();
        assertThat(subtask.chains("SPX:20260116")).isNotNull();
    }

    @Test
    void aRestoredSubtaskSeesWhatItSaw() throws Exception {
        Harness subtask = subtask(1, 0, null);
        subtask.passed(T);
        subtask.broadcast(spot("SPX", T, "6878.49"));
        subtask.broadcast(chain(STREAM, T, 6880));
        subtask.broadcast(chain(STREAM, T + 10_000, 6885));

        Harness restored = subtask(1, 0, subtask.snapshot(1, T));

        assertThat(restored.ask(T + 9_999)).isEqualTo("6878.49 6880");
        assertThat(restored.ask(T + 10_000)).isEqualTo("6878.49 6885");
        assertThat(restored.chains(STREAM)).isEqualTo(subtask.chains(STREAM));
    }

    @Test
    void moreAndFewerSubtasksSeeTheSame() throws Exception {
        // Given two subtasks of which one has given up more, being further, until the checkpoint,
        // which finds both at the same watermark
        Harness first = subtask(2, 0, null);
        Harness second = subtask(2, 1, null);
        first.passed(T + 200_000);
        second.passed(T + 4_000);
        for (long at = T; at <= T + 300_000; at += 10_000) {
            for (Harness subtask : List.of(first, second)) {
                subtask.broadcast(chain(STREAM, at, 6000 + (at - T) / 10_000));
            }
        }
        second.passed(T + 200_000);
        OperatorSubtaskState checkpoint =
                AbstractStreamOperatorTestHarness.repackageState(
                        first.snapshot(1, T), second.snapshot(1, T));

        for (int parallelism : List.of(1, 2, 3)) {
            for (int index = 0; index < parallelism; index++) {
                // When it is restored with more or fewer of them
                Harness restored =
                        subtask(
                                parallelism,
                                index,
                                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                        checkpoint, MAX_PARALLELISM, 2, parallelism, index));

                // Then cuts after that watermark are the same everywhere
                for (long cut = T + 200_200; cut < T + 310_000; cut += 200) {
                    String atm = Long.toString(6000 + Math.min(30, (cut - T) / 10_000));
                    assertThat(restored.ask(cut)).isEqualTo("none " + atm);
                }
            }
        }
    }

    private Harness subtask(int parallelism, int index, OperatorSubtaskState state)
            throws Exception {
        Harness harness = Harness.of(parallelism, index);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        open.add(harness);
        return harness;
    }

    /** One subtask that is asked beside its broadcast. */
    private static final class Harness
            extends KeyedBroadcastOperatorTestHarness<
                    String, AskVersions.Question, ContextUpdate, String> {

        private Harness(int parallelism, int index, String key) throws Exception {
            super(
                    new CoBroadcastWithKeyedOperator<>(
                            new AskVersions(),
                            List.of(ContextState.spots(), ContextState.chains())),
                    question -> key,
                    Types.STRING,
                    MAX_PARALLELISM,
                    parallelism,
                    index);
        }

        /** A key is as good as another; it must be one of the subtask's. */
        static Harness of(int parallelism, int index) throws Exception {
            int key = 0;
            while (KeyGroupRangeAssignment.assignKeyToParallelOperator(
                            Integer.toString(key), MAX_PARALLELISM, parallelism)
                    != index) {
                key++;
            }
            return new Harness(parallelism, index, Integer.toString(key));
        }

        void broadcast(ContextUpdate update) throws Exception {
            processBroadcastElement(new StreamRecord<>(update, update.at()));
        }

        void passed(long time) throws Exception {
            processWatermark(new Watermark(time));
            processBroadcastWatermark(new Watermark(time));
        }

        String ask(long at) throws Exception {
            processElement(new AskVersions.Question(STREAM, at), at);
            List<String> answers = extractOutputValues();
            return answers.get(answers.size() - 1);
        }

        List<ChainContext> chains(String stream) throws Exception {
            return state().chains().get(stream);
        }

        List<Spot> spots(String symbol) throws Exception {
            return state().spots().get(symbol);
        }

        private Held state() throws Exception {
            BroadcastState<String, List<Spot>> spots =
                    getOperator().getOperatorStateBackend().getBroadcastState(ContextState.spots());
            BroadcastState<String, List<ChainContext>> chains =
                    getOperator()
                            .getOperatorStateBackend()
                            .getBroadcastState(ContextState.chains());
            return new Held(content(spots), content(chains));
        }

        private static <T> Map<String, List<T>> content(BroadcastState<String, List<T>> state)
                throws Exception {
            Map<String, List<T>> content = new HashMap<>();
            state.immutableEntries()
                    .forEach(entry -> content.put(entry.getKey(), entry.getValue()));
            return content;
        }
    }

    private record Held(Map<String, List<Spot>> spots, Map<String, List<ChainContext>> chains) {}
}
