package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.analytics.JobCounts;
import io.massivepipeline.job.analytics.SnapshotCounts;
import io.massivepipeline.job.context.ContextUpdate;
import io.massivepipeline.job.options.SnapshotSettings;
import io.massivepipeline.job.options.UnderlyingFilter;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static io.massivepipeline.job.snapshot.TestCuts.batch;
import static io.massivepipeline.job.snapshot.TestCuts.builder;
import static io.massivepipeline.job.snapshot.TestCuts.chain;
import static io.massivepipeline.job.snapshot.TestCuts.newYork;
import static io.massivepipeline.job.snapshot.TestCuts.spot;
import static io.massivepipeline.job.snapshot.TestCuts.trade;
import static org.assertj.core.api.Assertions.assertThat;

class TakeSnapshotsTest {

    private static final long NOON = newYork("2025-12-22T12:00:00");
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final String CALL = "O:SPXW251223C06870000";
    private static final String PUT = "O:SPXW251223P06870000";
    private static final String KEY = "SPX:20251223";
    private static final ObjectMapper JSON = new ObjectMapper();

    private KeyedTwoInputStreamOperatorTestHarness<String, CutBatch, ContextUpdate, Publication>
            take;
    private final List<Publication> published = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        take.close();
    }

    @Test
    void contextAloneMakesASnapshotOnceEventTimeHasPassedIt() throws Exception {
        open(0, false);
        take.processElement2(record(spot(NOON - 50, "SPX", "6871.50")));
        take.processElement2(record(chain(NOON, KEY, "7.70", CALL)));
        assertThat(values()).isEmpty();

        watermark(NOON - 1);
        JsonNode value = values().get(0);
        assertThat(value.get("version").asLong()).isEqualTo(NOON);
        assertThat(value.at("/spot/value").asText()).isEqualTo("6871.5");
        assertThat(value.at("/totals/trades").asInt()).isZero();
        assertThat(value.at("/rows/0/call/bid").asText()).isEqualTo("7.7");
        assertThat(value.at("/rows/0/call/last").isNull()).isTrue();
        assertThat(value.at("/rows/0/put").isNull()).isTrue();
        assertThat(value.get("trade_date").asText()).isEqualTo("20251222");
    }

    @Test
    void liveContextAloneDoesNotWaitForAFirstTrade() throws Exception {
        // Given a live job before the open, whose context input is idle
        open(100, true);
        take.processWatermarkStatus2(WatermarkStatus.IDLE);
        take.processElement2(record(spot(NOON, "SPX", "6871.5")));
        take.processElement2(record(chain(NOON + 10, KEY, "7.7", CALL)));

        // When no trade comes for a while
        take.setProcessingTime(5000);
        assertThat(values()).hasSize(1);
        take.processElement2(record(spot(NOON + 3000, "SPX", "6872")));
        take.setProcessingTime(10_000);

        // Then there are snapshots, by context time
        assertThat(versions()).containsExactly(NOON + 200, NOON + 3000);

        // And trades that come then belong to cuts after them
        take.processElement1(record(batch(NOON + 2200, trade(NOON + 2100, CALL, 3, "7"))));
        watermark(NOON + 5000);
        take.setProcessingTime(11_000);
        assertThat(values()).hasSize(3);
        assertThat(versions().get(2)).isGreaterThan(NOON + 3000);
        assertThat(values().get(2).at("/totals/trades").asInt()).isEqualTo(1);
    }

    @Test
    void aReplayWaitsForEventTimeHoweverLongItTakes() throws Exception {
        open(0, false);
        take.processElement2(record(chain(NOON, KEY, "7.7", CALL)));
        take.setProcessingTime(3_600_000);
        assertThat(values()).isEmpty();

        end();
        assertThat(versions()).containsExactly(NOON);
    }

    @Test
    void allThatIsHeldGoesBeforeTheEndIsSaid() throws Exception {
        // Given cuts that wait for event time and for a token
        open(1, false);
        take.processElement1(record(batch(NOON + 200, trade(NOON, CALL, 3, "7"))));
        watermark(NOON + 199);
        take.processElement1(record(batch(NOON + 400, trade(NOON + 300, CALL, 1, "8"))));
        watermark(NOON + 450);
        take.processElement1(record(batch(NOON + 600, trade(NOON + 500, CALL, 1, "8"))));

        // When the feed ends
        take.processBothWatermarks(Watermark.MAX_WATERMARK);

        // Then the end comes last, and finds all counts
        assertThat(take.getOutput()).hasSize(2).last().isEqualTo(Watermark.MAX_WATERMARK);
        assertThat(versions()).containsExactly(NOON + 200, NOON + 600);
        assertThat(counts()).isEqualTo(List.of(2L, 1L, 0L));
    }

    @Test
    void freshnessAloneIsNoChange() throws Exception {
        open(0, false);
        take.processElement2(record(chain(NOON, KEY, "7.7", CALL)));
        take.processElement2(record(chain(NOON + 10_000, KEY, "7.7", CALL)));
        watermark(NOON + 20_000);

        assertThat(versions()).containsExactly(NOON);
        end();
        assertThat(counts()).isEqualTo(List.of(1L, 0L, 1L));
    }

    @Test
    void whatLeavesTheWindowUntradedIsRemovedAndWhatTradedStays() throws Exception {
        open(0, false);
        String gone = "O:SPXW251223C06875000";
        take.processElement2(record(chain(NOON, KEY, "7.7", CALL, gone)));
        take.processElement1(record(batch(NOON + 200, trade(NOON + 1, CALL, 3, "7"))));
        take.processElement2(record(chain(NOON + 500, KEY, "7.7", PUT)));
        watermark(NOON + 700);

        JsonNode diff = JSON.readTree(published.get(2).diff());
        assertThat(diff.get("removed").toString())
                .isEqualTo("[{\"root\":\"SPXW\",\"strike\":6875}]");
        assertThat(diff.at("/rows/0/call/trades").asInt()).isEqualTo(1);
        assertThat(diff.at("/rows/0/call/bid").isNull()).isTrue();
        assertThat(diff.at("/rows/0/put/bid").asText()).isEqualTo("7.7");
        assertThat(diff.get("base").asLong()).isEqualTo(NOON + 200);
    }

    @Test
    void monthlyAndWeeklyContractsOfOneStrikeHaveRowsOfTheirOwn() throws Exception {
        open(0, false);
        long friday = newYork("2026-01-16T09:31:00");
        String monthly = "O:SPX260116C06870000";
        String weekly = "O:SPXW260116C06870000";
        take.processElement2(record(chain(friday, "SPX:20260116", "7", weekly, monthly)));
        take.processElement1(record(batch(friday + 200, trade(friday, weekly, 2, "9"))));
        take.processElement1(record(batch(friday + 200, trade(friday, monthly, 1, "8.5"))));
        watermark(friday + 199);

        JsonNode rows = values().get(1).get("rows");
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).get("root").asText()).isEqualTo("SPX");
        assertThat(rows.get(0).at("/call/last").asText()).isEqualTo("8.5");
        assertThat(rows.get(1).get("root").asText()).isEqualTo("SPXW");
        assertThat(rows.get(1).at("/call/volume").asInt()).isEqualTo(2);
    }

    @Test
    void volumeOfAMinuteFadesWithoutTrades() throws Exception {
        open(0, false);
        take.processElement1(record(batch(NOON + 200, trade(NOON, CALL, 3, "7"))));
        watermark(NOON + 100_000);

        assertThat(versions()).containsExactly(NOON + 200, NOON + 1000, NOON + 61_000);
        assertThat(values())
                .extracting(value -> value.at("/rows/0/call/volume_60s").asInt())
                .containsExactly(0, 3, 0);
    }

    @Test
    void daysAreCountedByTheCalendarOfNewYorkWhenClocksChange() throws Exception {
        // Given the nights before clocks go forward and back
        open(0, false);
        String spring = "O:SPXW260309C06870000";
        String autumn = "O:SPXW261102C06870000";
        long march = newYork("2026-03-07T23:59:59.900");
        long october = newYork("2026-10-31T23:59:59.900");
        take.processElement2(record(chain(march, "SPX:20260309", "7", spring)));
        take.processElement2(record(chain(march + 200, "SPX:20260309", "8", spring)));
        watermark(march + 1000);
        take.processElement2(record(chain(october, "SPX:20261102", "7", autumn)));
        take.processElement2(record(chain(october + 200, "SPX:20261102", "8", autumn)));
        watermark(october + 1000);

        // Then days are whole days, and the evening belongs to Monday
        assertThat(values())
                .extracting(value -> value.get("dte_days").asInt())
                .containsExactly(1, 1, 1, 1);
        assertThat(values())
                .extracting(value -> value.get("trade_date").asText())
                .containsExactly("20260309", "20260309", "20261102", "20261102");
        assertThat(values().get(0).get("as_of").asLong()).isEqualTo(newYork("2026-03-08T00:00:00"));
    }

    @Test
    void aTradeDateBeginsWithItsFirstTrade() throws Exception {
        open(0, false);
        long evening = newYork("2025-12-22T19:59:59");
        take.processElement1(record(batch(evening + 200, trade(evening, CALL, 3, "7"))));
        take.processElement1(record(batch(evening + 200, trade(evening, PUT, 1, "5"))));
        watermark(evening + 900);
        take.processElement1(record(batch(evening + 1200, trade(evening + 1100, CALL, 4, "6"))));
        watermark(evening + 1300);

        JsonNode value = values().get(2);
        assertThat(value.get("trade_date").asText()).isEqualTo("20251223");
        assertThat(value.at("/totals/volume").asInt()).isEqualTo(4);
        assertThat(value.at("/rows/0/call/trades").asInt()).isEqualTo(1);
        assertThat(value.at("/rows/0/put").isNull()).isTrue();
    }

    @Test
    void cancelsAndOddPricesMakeNoLastPrice() throws Exception {
        open(0, false);
        take.processElement1(record(batch(NOON + 200, trade(NOON, CALL, 3, "7"))));
        for (int condition : new int[] {201, 204, 246, 247, 248}) {
            take.processElement1(
                    record(
                            batch(
                                    NOON + 200,
                                    builder(NOON + condition % 100, CALL, 1, "99")
                                            .conditions(condition)
                                            .build())));
        }
        watermark(NOON + 200);

        JsonNode call = values().get(0).at("/rows/0/call");
        assertThat(call.get("last").asText()).isEqualTo("7");
        assertThat(call.get("trades").asInt()).isEqualTo(6);
        assertThat(call.get("volume").asInt()).isEqualTo(6);
        assertThat(call.get("vwap").asText()).isEqualTo("53");
    }

    @Test
    void anotherIntervalGoesOnWithTheSameState() throws Exception {
        open(0, false);
        take.processElement1(record(batch(NOON + 200, trade(NOON, CALL, 3, "7"))));
        take.processElement1(record(batch(NOON + 400, trade(NOON + 300, CALL, 1, "8"))));
        watermark(NOON + 199);
        OperatorSubtaskState state = take.snapshot(1, 1);
        take.close();

        take = harness(0, false, 500);
        take.initializeState(state);
        take.open();
        watermark(NOON + 600);

        assertThat(versions()).containsExactly(NOON + 200, NOON + 500);
        assertThat(JSON.readTree(published.get(1).diff()).get("base").asLong())
                .isEqualTo(NOON + 200);
        assertThat(values().get(1).at("/totals/trades").asInt()).isEqualTo(2);
    }

    @Test
    void aBudgetMergesCutsAndTheEndWritesTheRest() throws Exception {
        // Given a budget of one a second that is spent
        open(1, false);
        take.processElement1(record(batch(NOON + 200, trade(NOON, CALL, 3, "7"))));
        watermark(NOON + 199);
        assertThat(versions()).containsExactly(NOON + 200);

        // When three more cuts are over
        for (int cut = 2; cut <= 4; cut++) {
            long at = NOON + cut * 200;
            take.processElement1(record(batch(at, trade(at - 1, CALL, 1, "8"))));
            watermark(at - 1);
        }
        assertThat(versions()).hasSize(1);

        // Then the next token publishes them as one, and the end needs none
        take.setProcessingTime(1100);
        collect();
        assertThat(versions()).containsExactly(NOON + 200, NOON + 800);
        take.processElement1(record(batch(NOON + 1000, trade(NOON + 999, CALL, 1, "8"))));
        end();
        assertThat(versions()).containsExactly(NOON + 200, NOON + 800, NOON + 1000);
        assertThat(values().get(2).at("/totals/trades").asInt()).isEqualTo(5);
        assertThat(counts()).isEqualTo(List.of(3L, 2L, 0L));
    }

    @Test
    void whatWaitedForATokenIsPublishedAfterARestore() throws Exception {
        open(1, false);
        take.processElement1(record(batch(NOON + 200, trade(NOON, CALL, 3, "7"))));
        watermark(NOON + 199);
        take.processElement1(record(batch(NOON + 400, trade(NOON + 300, CALL, 1, "8"))));
        watermark(NOON + 450);
        OperatorSubtaskState state = take.snapshot(1, 1);
        take.close();

        take = harness(0, false, 200);
        take.initializeState(state);
        take.open();
        watermark(NOON + 450);

        assertThat(versions()).containsExactly(NOON + 200, NOON + 400);
    }

    @Test
    void whoWaitsForATokenNeedsNoTimerForItsCuts() throws Exception {
        // Given one that waits for a token
        open(1, false);
        take.processElement1(record(batch(NOON + 200, trade(NOON, CALL, 3, "7"))));
        watermark(NOON + 199);
        take.processElement1(record(batch(NOON + 400, trade(NOON + 300, CALL, 1, "8"))));
        watermark(NOON + 400);

        // When trades of fifty cuts come
        for (int cut = 3; cut <= 52; cut++) {
            long at = NOON + cut * 200;
            take.processElement1(record(batch(at, trade(at - 1, CALL, 1, "8"))));
            watermark(at);
        }

        // Then there is only the timer by which it may be forgotten, and the token publishes the
        // newest cut with all of them
        assertThat(take.numEventTimeTimers()).isEqualTo(1);
        assertThat(pendingCuts()).as("what is held trade by trade").isLessThanOrEqualTo(4);
        take.setProcessingTime(1100);
        assertThat(versions()).containsExactly(NOON + 200, NOON + 52 * 200);
        assertThat(values().get(1).at("/totals/trades").asInt()).isEqualTo(52);
        end();
        assertThat(counts()).isEqualTo(List.of(2L, 50L, 0L));
    }

    @Test
    void whatCameWhileOneWaitedForNothingNewIsPublishedAfterARestore() throws Exception {
        // Given one that waits for a token with a chain that changes nothing
        open(1, false);
        take.processElement2(record(chain(NOON, KEY, "7.7", CALL)));
        watermark(NOON);
        take.processElement2(record(chain(NOON + 200, KEY, "7.7", CALL)));
        watermark(NOON + 200);

        // When a trade comes meanwhile, and the job is restarted
        take.processElement1(record(batch(NOON + 400, trade(NOON + 300, CALL, 1, "8"))));
        OperatorSubtaskState state = take.snapshot(1, 1);
        take.close();
        take = harness(1, false, 200);
        take.initializeState(state);
        take.open();
        watermark(NOON + 400);

        // Then the trade is published
        assertThat(versions()).containsExactly(NOON, NOON + 400);
        assertThat(values().get(1).at("/totals/trades").asInt()).isEqualTo(1);
    }

    @Test
    void underPressureTheBudgetHoldsNobodyWaitsTooLongAndNearExpiriesAreFresher() throws Exception {
        // Given 2 000 expiries that trade all the time, 20 of them near
        open(100, false);
        Random random = new Random(3);
        Map<String, Long> changedSince = new HashMap<>();
        Map<Boolean, List<Long>> waits = Map.of(true, new ArrayList<>(), false, new ArrayList<>());
        List<Long> times = new ArrayList<>();

        // When a minute passes
        for (long now = 0; now < 60_000; now += 20) {
            take.setProcessingTime(now);
            note(now, changedSince, waits, times);
            for (int i = 0; i < 60; i++) {
                int key = random.nextInt(3) == 0 ? random.nextInt(20) : random.nextInt(2000);
                String root = "S" + (char) ('A' + key / 20 % 26) + (char) ('A' + key / 520);
                String ticker =
                        "O:%s26%02d%02dC00100000".formatted(root, key < 20 ? 1 : 2, 1 + key % 20);
                long t = NOON + now;
                CutBatch batch = batch((t / 200 + 1) * 200, trade(t, ticker, 1, "7"));
                take.processElement1(record(batch));
                changedSince.putIfAbsent(batch.stream().text(), now);
            }
            take.processBothWatermarks(new Watermark(NOON + now - 1));
            note(now, changedSince, waits, times);
        }

        // Then no second had more than 100
        for (int i = 0; i + 100 < times.size(); i++) {
            assertThat(times.get(i + 100) - times.get(i)).isGreaterThanOrEqualTo(1000);
        }
        assertThat(times.size()).isGreaterThan(5500);
        // And all waited at most 5 s and 2 000 / 100 s
        assertThat(waits.get(false)).allMatch(wait -> wait <= 25_000 + 220);
        assertThat(changedSince.values()).allMatch(since -> 60_000 - since <= 25_000 + 220);
        // And near ones much less
        assertThat(mean(waits.get(true))).isLessThan(mean(waits.get(false)) / 3);
        assertThat(waits.get(false)).hasSizeGreaterThan(1000);
    }

    private void note(
            long now,
            Map<String, Long> changedSince,
            Map<Boolean, List<Long>> waits,
            List<Long> times) {
        for (Publication each : take.extractOutputValues()) {
            times.add(now);
            Long since = changedSince.remove(each.stream().text());
            if (since != null) {
                waits.get(each.stream().expiry() < 20260200).add(now - since);
            }
        }
        take.getOutput().clear();
    }

    private static double mean(List<Long> values) {
        return values.stream().mapToLong(value -> value).average().orElseThrow();
    }

    @Test
    void thirtyDaysLeaveNoMoreThanOne() throws Exception {
        // Given trades and chains of five expiries on each day of a month
        open(0, false);
        List<Integer> sizes = new ArrayList<>();
        for (int day = 0; day < 40; day++) {
            long at = NOON + day * DAY;
            for (int ahead = 0; ahead < 5; ahead++) {
                String date =
                        LocalDate.of(2025, 12, 22)
                                .plusDays(day + ahead)
                                .format(DateTimeFormatter.BASIC_ISO_DATE);
                String ticker = "O:SPXW%sC06870000".formatted(date.substring(2));
                take.processElement2(record(chain(at, "SPX:" + date, "7", ticker)));
                take.processElement1(record(batch(at + 200, trade(at, ticker, 1, "7"))));
            }
            take.processElement2(record(spot(at, "SPX", "6870." + day)));
            watermark(at + DAY / 2);
            take.setProcessingTime((day + 1) * DAY);
            sizes.add(
                    take.numKeyedStateEntries()
                            + take.numEventTimeTimers()
                            + take.numProcessingTimeTimers());
        }

        // Then state and timers stay what they were after the first days
        assertThat(sizes.subList(10, 40)).allMatch(size -> size.equals(sizes.get(10)));
        watermark(NOON + 60 * DAY);
        take.setProcessingTime(60 * DAY);
        assertThat(take.numKeyedStateEntries()).isZero();
        assertThat(take.numEventTimeTimers()).isZero();
    }

    @Test
    void aTradeThatMovesEventTimeByYearsMakesNothingBeginAnew() throws Exception {
        // Given a feed without reception times, where a wrong time is taken for true
        open(0, false);
        String other = "O:SPXW251224C06870000";
        long wrong = NOON + 1000 * DAY;
        take.processElement1(record(batch(NOON + 200, trade(NOON, CALL, 3, "7"))));
        watermark(NOON + 200);
        take.processElement1(record(batch(wrong + 200, trade(wrong, other, 1, "7"))));
        watermark(wrong - 100);

        // When trades go on, which are late now
        take.processElement1(record(batch(wrong + 200, trade(NOON + 300, CALL, 2, "8"))));
        end();

        // Then they are counted together with what came before
        Publication last =
                published.stream()
                        .filter(each -> each.stream().text().equals(KEY))
                        .max(Comparator.comparingLong(Publication::version))
                        .orElseThrow();
        assertThat(JSON.readTree(last.value()).at("/totals/volume").asInt()).isEqualTo(5);
    }

    @Test
    void anExpiryThatIsOverTakesNoMoreContext() throws Exception {
        open(0, false);
        take.processElement2(record(chain(NOON, KEY, "7", CALL)));
        take.processElement2(record(spot(NOON + 3 * DAY, "SPX", "6900")));
        watermark(NOON + 4 * DAY);

        assertThat(versions()).containsExactly(NOON);
    }

    private void open(double maxRate, boolean live) throws Exception {
        take = harness(maxRate, live, 200);
        take.open();
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, CutBatch, ContextUpdate, Publication>
            harness(double maxRate, boolean live, long interval) throws Exception {
        SnapshotSettings settings =
                new SnapshotSettings(
                        new UnderlyingFilter(true, Set.of()), Duration.ofMillis(interval), maxRate);
        KeyedTwoInputStreamOperatorTestHarness<String, CutBatch, ContextUpdate, Publication> made =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        new TakeSnapshots(settings, live),
                        cut -> cut.stream().text(),
                        null,
                        Types.STRING);
        made.setup(
                TypeInformation.of(Publication.class)
                        .createSerializer(made.getExecutionConfig().getSerializerConfig()));
        return made;
    }

    private int pendingCuts() throws Exception {
        KeyedStateBackend<String> backend =
                ((TakeSnapshots) take.getOperator()).getKeyedStateBackend();
        backend.setCurrentKey(KEY);
        return backend.getPartitionedState(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        SnapshotState.expirySnapshot())
                .value()
                .pendingCuts();
    }

    private void watermark(long time) throws Exception {
        take.processBothWatermarks(new Watermark(time));
        collect();
    }

    private void end() throws Exception {
        watermark(Long.MAX_VALUE);
    }

    private void collect() {
        published.addAll(take.extractOutputValues());
        take.getOutput().clear();
    }

    private List<Long> versions() {
        collect();
        return published.stream().map(Publication::version).toList();
    }

    private List<JsonNode> values() throws Exception {
        collect();
        List<JsonNode> values = new ArrayList<>();
        for (Publication each : published) {
            values.add(JSON.readTree(each.value()));
        }
        return values;
    }

    /** Published, conflated, skipped. */
    private List<Long> counts() {
        SnapshotCounts sum = SnapshotCounts.NONE;
        for (StreamRecord<JobCounts> each : take.getSideOutput(TakeSnapshots.COUNTS)) {
            sum = sum.plus(each.getValue().snapshots());
        }
        return List.of(sum.published(), sum.conflated(), sum.skipped());
    }

    private static <T> StreamRecord<T> record(T value) {
        return new StreamRecord<>(value);
    }
}
