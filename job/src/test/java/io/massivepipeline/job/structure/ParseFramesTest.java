package io.massivepipeline.job.structure;

import io.massivepipeline.sources.feed.ContextLine;
import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.FeedGap;
import io.massivepipeline.sources.feed.FeedStatus;
import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.feed.Tick;
import io.massivepipeline.sources.trade.OptionTrade;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ParseFramesTest {

    private static final long T = 1766437799000L;

    private OneInputStreamOperatorTestHarness<FeedEvent, OptionTrade> parse;
    private long position;

    @BeforeEach
    void open() throws Exception {
        parse = harness();
        parse.open();
    }

    @AfterEach
    void close() throws Exception {
        parse.close();
    }

    @Test
    void aWatermarkFollowsAFrameThatMovedEventTime() throws Exception {
        // When trades come in order, out of order, and not at all
        receive(trade(T, 1) + "," + trade(T + 50, 2));
        parse.setProcessingTime(5);
        receive(trade(T + 20, 3));
        receive("");

        // Then the watermark is the newest time minus the delay minus one, once
        assertThat(output()).containsExactly("1", "2", "wm " + (T + 50 - 101), "3");
    }

    @Test
    void watermarksKeepTheirDistanceUnderLoadAndNoneIsLeftOut() throws Exception {
        // When frames follow each other faster than watermarks may
        for (int i = 0; i < 4; i++) {
            parse.setProcessingTime(i);
            receive(trade(T + i, i));
        }
        assertThat(output()).containsExactly("0", "wm " + (T - 101), "1", "2", "3");

        // Then the last advance is said as soon as it may be
        parse.setProcessingTime(5);
        assertThat(output()).last().isEqualTo("wm " + (T + 3 - 101));
    }

    @Test
    void inAFastReplayAWatermarkWaitsUntilTradesAreManyForTheirStreams() throws Exception {
        // Given a replay as fast as it goes, and trades of two streams
        parse.close();
        parse = harness(new WatermarkPace(Duration.ofMillis(20), Duration.ofSeconds(1), 3));
        parse.open();
        receive(trade("SPXW251223", T, 1) + "," + trade("NDXP251223", T, 2));
        receive(trade("SPXW251223", T + 1, 3) + "," + trade("NDXP251223", T + 2, 4));
        receive(trade("SPXW251223", T + 3, 5));
        assertThat(output()).containsExactly("1", "2", "3", "4", "5");

        // When there are three for each
        receive(trade("SPXW251223", T + 4, 6));

        // Then the watermark comes, but not another before its time
        assertThat(output()).last().isEqualTo("wm " + (T + 4 - 101));
        receive(trade(T + 5, 7) + "," + trade(T + 6, 8) + "," + trade(T + 7, 9));
        assertThat(output()).last().isEqualTo("9");
        parse.setProcessingTime(20);
        assertThat(output()).last().isEqualTo("wm " + (T + 7 - 101));

        // And few wait no longer than they should
        receive(trade(T + 8, 10));
        parse.setProcessingTime(1019);
        assertThat(output()).last().isEqualTo("10");
        parse.setProcessingTime(1020);
        assertThat(output()).last().isEqualTo("wm " + (T + 8 - 101));
    }

    @Test
    void aLateTradeFollowsTheWatermarkThatMadeItLateHoweverCloseTheLastOneIs() throws Exception {
        receive(trade(T, 1) + "," + trade(T + 500, 2));
        receive(trade(T + 700, 3) + "," + trade(T + 10, 4) + "," + trade(T + 800, 5));

        assertThat(output())
                .containsExactly(
                        "1", "2", "wm " + (T + 500 - 101), "3", "wm " + (T + 700 - 101), "4", "5");
    }

    @Test
    void aTradeBehindTheDelayIsLate() throws Exception {
        receive(trade(T, 1) + "," + trade(T - 100, 2) + "," + trade(T - 101, 3));

        assertThat(parse.extractOutputValues())
                .extracting(OptionTrade::late)
                .containsExactly(false, false, true);
    }

    @Test
    void aTickEndsAllThatCouldStillComeOnTime() throws Exception {
        // Given a trade received half a second after it happened
        receiveAt(T + 500, trade(T, 1));
        parse.setProcessingTime(1000);

        // When nothing comes for a second
        parse.processElement(new StreamRecord<>(new Tick(T + 1500, position++)));

        // Then event time has passed the trade by that second less the delay
        assertThat(output()).last().isEqualTo("wm " + (T + 900));
        receiveAt(T + 1600, trade(T + 900, 2));
        receiveAt(T + 1600, trade(T + 901, 3));
        assertThat(parse.extractOutputValues())
                .extracting(OptionTrade::late)
                .containsExactly(false, true, false);
    }

    @Test
    void theEndIsSaidAsOfTheNewestTradeFirst() throws Exception {
        receive(trade(T, 1));

        parse.processWatermark(Watermark.MAX_WATERMARK);

        assertThat(output())
                .containsExactly("1", "wm " + (T - 101), "wm " + T, "wm " + Long.MAX_VALUE);
    }

    @Test
    void whatTheSourceBelievesOfEventTimeIsNotTaken() throws Exception {
        parse.processWatermark(new Watermark(T));

        assertThat(output()).isEmpty();
    }

    @Test
    void contextPassesByAndMovesNothing() throws Exception {
        // Given a trade, and context of a later time behind it
        receive(trade(T, 1));
        ContextLine line = new ContextLine(T + 5_000, new byte[] {'{', '}'});
        parse.setProcessingTime(1000);
        parse.processElement(new StreamRecord<>(line));

        // When the next trade is no later than the delay
        receive(trade(T - 100, 2));
        parse.processWatermark(Watermark.MAX_WATERMARK);

        // Then the line is handed on beside the trades, and nothing is late or counted for it
        assertThat(side(ParseFrames.CONTEXT))
                .singleElement()
                .usingRecursiveComparison()
                .ignoringAllOverriddenEquals()
                .isEqualTo(line);
        assertThat(parse.extractOutputValues())
                .extracting(OptionTrade::late)
                .containsExactly(false, false);
        assertThat(last(ParseFrames.COUNTS).frames()).isEqualTo(2);
    }

    @Test
    void countsWhatAFrameHolds() throws Exception {
        // Given nothing was handed on since long
        receive(
                "{\"ev\":\"status\",\"status\":\"connected\"},{\"ev\":\"Q\"},7,"
                        + trade(T, 1)
                        + ","
                        + trade(T, 1));
        receiveRaw("[" + trade(T, 2) + ",oops");

        // When the feed ends
        parse.processWatermark(Watermark.MAX_WATERMARK);

        // Then the last counts are of all of it
        FeedCounts counts = last(ParseFrames.COUNTS);
        assertThat(counts.frames()).isEqualTo(2);
        assertThat(counts.events()).isEqualTo(6);
        assertThat(counts.trades()).isEqualTo(3);
        assertThat(counts.statusEvents()).isEqualTo(1);
        assertThat(counts.otherEvents()).isEqualTo(1);
        assertThat(counts.deadLetters()).isEqualTo(2);
        assertThat(side(ParseFrames.DEAD_LETTERS)).hasSize(2);
        assertThat(side(ParseFrames.STATUS)).hasSize(1);
    }

    @Test
    void lagIsThatOfTheNewestTrade() throws Exception {
        receiveAt(T + 40, trade(T, 1));
        receiveAt(T + 60, trade(T - 10, 2));
        parse.processWatermark(Watermark.MAX_WATERMARK);

        FeedCounts counts = last(ParseFrames.COUNTS);
        assertThat(counts.lagMs()).isEqualTo(40);
        assertThat(counts.lastReceivedAt()).isEqualTo(T + 60);
    }

    @Test
    void samplesAtMostOneFrameASecondAndTheLast() throws Exception {
        for (int i = 0; i < 25; i++) {
            parse.setProcessingTime(10_000 + i * 100);
            receive(trade(T + i, i));
        }
        parse.processWatermark(Watermark.MAX_WATERMARK);

        assertThat(side(ParseFrames.SAMPLES))
                .extracting(RawFrame::position)
                .containsExactly(0L, 10L, 20L, 24L);
    }

    @Test
    void clockAndCountersSurviveARestore() throws Exception {
        // Given some trades and a silence
        receiveAt(T + 500, trade(T, 1));
        parse.processElement(new StreamRecord<>(new Tick(T + 1500, position++)));
        OperatorSubtaskState state = parse.snapshot(1, 1);

        // When a new subtask continues from there
        parse.close();
        parse = harness();
        parse.initializeState(state);
        parse.open();
        receiveAt(T + 1600, trade(T + 900, 2));
        parse.processWatermark(Watermark.MAX_WATERMARK);

        // Then it judges and counts as if nothing had happened
        assertThat(parse.extractOutputValues()).extracting(OptionTrade::late).containsExactly(true);
        assertThat(last(ParseFrames.COUNTS).trades()).isEqualTo(2);
        assertThat(last(ParseFrames.COUNTS).frames()).isEqualTo(2);
        assertThat(last(ParseFrames.COUNTS).lagMs()).isEqualTo(700);
    }

    @Test
    void lagAndReceptionSurviveARestore() throws Exception {
        // Given a trade that was received 40 ms after it happened
        receiveAt(T + 40, trade(T, 1));
        OperatorSubtaskState state = parse.snapshot(1, 1);

        // When a new subtask continues from there with an older one
        parse.close();
        parse = harness();
        parse.initializeState(state);
        parse.open();
        receiveAt(T + 50, trade(T - 10, 2));
        parse.processWatermark(Watermark.MAX_WATERMARK);

        // Then the lag is still that of the newest
        assertThat(last(ParseFrames.COUNTS).lagMs()).isEqualTo(40);
        assertThat(last(ParseFrames.COUNTS).lastReceivedAt()).isEqualTo(T + 50);
    }

    @Test
    void aReplayHasNothingToSayOfALiveSource() throws Exception {
        receive(trade(T, 1));
        parse.processWatermark(Watermark.MAX_WATERMARK);

        assertThat(last(ParseFrames.COUNTS).live()).isNull();
    }

    @Test
    void gapsAreHandedOnAndCountedAcrossARestore() throws Exception {
        // Given a live source that was not heard once, and said how it fares
        FeedGap first = new FeedGap(T, T + 1500, "closed", FeedGap.UNKNOWN, position++);
        parse.processElement(new StreamRecord<>(first));
        parse.processElement(
                new StreamRecord<>(new FeedStatus(T, true, 3, 2, 1, 4, T - 5, 60, 7000, 8)));
        assertThat(side(ParseFrames.GAPS)).containsExactly(first);
        OperatorSubtaskState state = parse.snapshot(1, 1);

        // When it is not heard again, after a restore
        parse.close();
        parse = harness();
        parse.initializeState(state);
        parse.open();
        parse.processElement(
                new StreamRecord<>(new FeedGap(T + 2000, T + 2100, "restart", 0, position++)));

        // Then both count, and the rest is as it was said last
        assertThat(last(ParseFrames.COUNTS).live())
                .isEqualTo(new LiveCounts(2, 1600, true, 3, 2, 1, 4, T - 5, 60, 7000, 8));
        assertThat(output()).isEmpty();
    }

    private static OneInputStreamOperatorTestHarness<FeedEvent, OptionTrade> harness()
            throws Exception {
        return harness(WatermarkPace.PROMPT);
    }

    private static OneInputStreamOperatorTestHarness<FeedEvent, OptionTrade> harness(
            WatermarkPace pace) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new ParseFrames(
                        Duration.ofMillis(100),
                        pace,
                        Duration.ofMillis(200),
                        Duration.ofSeconds(1)));
    }

    private static String trade(long timestamp, long sequence) {
        return trade("SPXW251223", timestamp, sequence);
    }

    private static String trade(String series, long timestamp, long sequence) {
        return "{\"ev\":\"T\",\"sym\":\"O:%sP06870000\",\"x\":302,\"p\":7.7,\"s\":1,\"c\":[209],\"t\":%d,\"q\":%d}"
                .formatted(series, timestamp, sequence);
    }

    private void receive(String elements) throws Exception {
        receiveRaw("[" + elements + "]");
    }

    private void receiveRaw(String frame) throws Exception {
        receiveFrame(frame, RawFrame.UNKNOWN);
    }

    private void receiveAt(long receivedAt, String elements) throws Exception {
        receiveFrame("[" + elements + "]", receivedAt);
    }

    private void receiveFrame(String frame, long receivedAt) throws Exception {
        byte[] payload = frame.getBytes(StandardCharsets.UTF_8);
        parse.processElement(new StreamRecord<>(new RawFrame(payload, receivedAt, position++)));
    }

    /** Trades by their number, and watermarks, in their order. */
    private List<String> output() {
        List<String> output = new ArrayList<>();
        for (Object element : parse.getOutput()) {
            if (element instanceof Watermark mark) {
                output.add("wm " + mark.getTimestamp());
            } else if (element instanceof StreamRecord<?> made) {
                output.add(Long.toString(((OptionTrade) made.getValue()).sequence()));
            }
        }
        return output;
    }

    private <T> List<T> side(OutputTag<T> tag) {
        List<T> values = new ArrayList<>();
        if (parse.getSideOutput(tag) != null) {
            parse.getSideOutput(tag).forEach(made -> values.add(made.getValue()));
        }
        return values;
    }

    private <T> T last(OutputTag<T> tag) {
        List<T> values = side(tag);
        return values.get(values.size() - 1);
    }
}
