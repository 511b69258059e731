package io.massivepipeline.sources.live.protocol;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

import static io.massivepipeline.sources.live.protocol.Conversation.status;
import static org.assertj.core.api.Assertions.assertThat;

/** What takes more than one message: requests in chunks, changes, delays, silence and gaps. */
class ProtocolMachineTest {

    private static final String TRADE = "[{\"ev\":\"T\",\"sym\":\"O:SPY251219C00650000\"}]";
    private static final Instant MONDAY_NOON = Instant.parse("2025-12-22T17:00:00Z");

    @Test
    void subscribesInChunksOfTwoHundredEachAfterTheAnswersToTheOneBefore() {
        // Given 450 wanted channels
        String[] channels =
                IntStream.range(1000, 1450).mapToObj(i -> "T.O:A" + i).toArray(String[]::new);
        Conversation conversation = Conversation.wanting(channels).authenticated();

        // When they are confirmed one by one
        for (int i = 0; i < 199; i++) {
            conversation.receives(status("success", "subscribed to: " + channels[i]));
        }
        assertThat(conversation.said).filteredOn(s -> s.contains("subscribe")).hasSize(1);
        for (int i = 199; i < 450; i++) {
            conversation.receives(status("success", "subscribed to: " + channels[i]));
        }

        // Then there were three requests, together the 450
        assertThat(conversation.said).filteredOn(s -> s.contains("subscribe")).hasSize(3);
        assertThat(conversation.said.stream().mapToInt(s -> s.split("T\\.O:", -1).length - 1))
                .containsExactly(0, 0, 200, 200, 50);
        assertThat(conversation.machine.status().confirmed()).isEqualTo(450);
        assertThat(conversation.machine.state()).isEqualTo(State.STREAMING);
    }

    @Test
    void aChangeBecomesTheSmallestMessages() {
        Conversation conversation =
                Conversation.wanting("T.A", "T.B", "T.C").streaming("T.A", "T.B", "T.C");

        conversation.wants("T.B", "T.C", "T.D").receives(status("success", "unsubscribed to: T.A"));

        assertThat(conversation.said)
                .containsExactly(
                        "{\"action\":\"unsubscribe\",\"params\":\"T.A\"}",
                        "{\"action\":\"subscribe\",\"params\":\"T.D\"}");
        assertThat(conversation.machine.status().added()).isEqualTo(1);
        assertThat(conversation.machine.status().removed()).isEqualTo(1);
        assertThat(conversation.machine.state()).isEqualTo(State.STREAMING);
    }

    @Test
    void aChangeBackBeforeTheAnswerIsNotLost() {
        Conversation conversation = Conversation.wanting("T.A", "T.B").streaming("T.A", "T.B");

        conversation
                .wants("T.B")
                .wants("T.A", "T.B")
                .receives(status("success", "unsubscribed to: T.A"));

        assertThat(conversation.said)
                .containsExactly(
                        "{\"action\":\"unsubscribe\",\"params\":\"T.A\"}",
                        "{\"action\":\"subscribe\",\"params\":\"T.A\"}");
    }

    @Test
    void whatNobodyAskedForIsNeverSentBack() {
        Conversation conversation = Conversation.wanting("T.A").streaming("T.A");

        conversation.receives(status("success", "subscribed to: T.\\ud800")).wants("T.A", "T.B");

        assertThat(conversation.said)
                .containsExactly("{\"action\":\"subscribe\",\"params\":\"T.B\"}");
        assertThat(conversation.machine.status().confirmed()).isEqualTo(1);
    }

    @Test
    void theSameSetAgainSendsNothing() {
        Conversation conversation = Conversation.wanting("T.A").streaming("T.A");

        conversation.wants("T.A");

        assertThat(conversation.said).isEmpty();
    }

    @Test
    void anUnansweredChannelHoldsNothingUp() {
        Conversation conversation = Conversation.wanting("T.A", "T.B").authenticated();

        conversation.receives(status("success", "subscribed to: T.A")).waits(Duration.ofSeconds(5));

        assertThat(conversation.machine.state()).isEqualTo(State.STREAMING);
        assertThat(conversation.machine.status().confirmed()).isEqualTo(1);
        assertThat(conversation.logged).anyMatch(line -> line.contains("Not acknowledged: T.B"));
        // and it is given up by name when it is not wanted any more
        conversation.forget().wants("T.A");
        assertThat(conversation.said)
                .containsExactly("{\"action\":\"unsubscribe\",\"params\":\"T.B\"}");
    }

    @Test
    void channelsThatTheLimitRefusedAreAskedForAgainWhenOthersAreGivenUp() {
        Conversation conversation =
                Conversation.wanting("Q.A").streaming("Q.A").wants("Q.A", "Q.B");
        conversation.receives(
                status("error", "Subscription limit reached for feed. Please remove some"));

        conversation.forget().wants("Q.B").receives(status("success", "unsubscribed to: Q.A"));

        assertThat(conversation.said)
                .containsExactly(
                        "{\"action\":\"unsubscribe\",\"params\":\"Q.A\"}",
                        "{\"action\":\"subscribe\",\"params\":\"Q.B\"}");
    }

    @Test
    void everythingIsSubscribedAgainAfterALoss() {
        Conversation conversation =
                Conversation.wanting("T.A").streaming("T.A").closed(1006, false);
        conversation.untilConnect();

        conversation.forget().authenticated();

        assertThat(conversation.said)
                .containsExactly("authenticate", "{\"action\":\"subscribe\",\"params\":\"T.A\"}");
        assertThat(conversation.machine.status().reconnects()).isZero();
        conversation.receives(status("success", "subscribed to: T.A"));
        assertThat(conversation.machine.status().reconnects()).isEqualTo(1);
    }

    @Test
    void uncleanDropsWaitDoublingToTheMaximum() {
        Conversation conversation = Conversation.wanting("T.A");

        long[] delays = new long[5];
        for (int i = 0; i < delays.length; i++) {
            conversation.streaming("T.A").closed(1006, false);
            delays[i] = conversation.untilConnect();
        }

        assertThat(delays[0]).isBetween(20_000L, 20_100L);
        assertThat(delays[1]).isBetween(32_000L, 40_100L);
        assertThat(delays[2]).isBetween(64_000L, 80_100L);
        assertThat(delays[3]).isBetween(96_000L, 120_100L);
        assertThat(delays[4]).isBetween(96_000L, 120_100L);
    }

    @Test
    void onlyTenSecondsOfDataResetTheBackOff() {
        Conversation conversation =
                Conversation.wanting("T.A").streaming("T.A").closed(1006, false);
        conversation.untilConnect();

        // Given data for a moment only: the next delay is the second one
        conversation.streaming("T.A").receives(TRADE).waits(Duration.ofSeconds(9)).receives(TRADE);
        conversation.closed(1006, false);
        assertThat(conversation.untilConnect()).isGreaterThan(30_000);

        // Given data over ten seconds: it is the first one again
        conversation.streaming("T.A").receives(TRADE).waits(Duration.ofSeconds(10)).receives(TRADE);
        conversation.closed(1006, false);
        assertThat(conversation.untilConnect()).isBetween(20_000L, 20_100L);
    }

    @Test
    void tooManyConnectionsWaitsItsOwnDelayEachTimeAndTheCloseAfterItChangesNothing() {
        Conversation conversation = Conversation.wanting("T.A");

        for (int i = 0; i < 3; i++) {
            conversation.streaming("T.A").receives(status("max_connections", "exceeded"));
            conversation.closed(1008, true);
            assertThat(conversation.untilConnect()).isBetween(60_000L, 60_100L);
        }
    }

    @Test
    void closeCode1008AloneIsTakenForTooManyConnections() {
        Conversation conversation = Conversation.wanting("T.A").streaming("T.A").closed(1008, true);

        assertThat(conversation.untilConnect()).isBetween(60_000L, 60_100L);
    }

    @Test
    void aCloseFrameNeedsNoLongWaitOnce() {
        Conversation conversation = Conversation.wanting("T.A").streaming("T.A").closed(1001, true);
        assertThat(conversation.untilConnect()).isBetween(1_000L, 1_100L);

        conversation.streaming("T.A").closed(1001, true);
        assertThat(conversation.untilConnect()).isGreaterThan(30_000);
    }

    @Test
    void aFailedConnectionIsTriedAgain() {
        Conversation conversation = Conversation.wanting("T.A").closed(1006, false);

        assertThat(conversation.untilConnect()).isBetween(20_000L, 20_100L);
    }

    @Test
    void aClockThatIsSetBackDelaysNoReconnection() {
        Conversation conversation = Conversation.wanting("T.A").closed(1006, false);

        conversation.now -= Duration.ofHours(1).toMillis();

        assertThat(conversation.untilConnect()).isBetween(20_000L, 20_200L);
    }

    @Test
    void aClockThatIsSetBackHidesNoDeadSocket() {
        Conversation conversation = Conversation.wanting("T.A").streaming("T.A");

        conversation.now -= Duration.ofHours(1).toMillis();
        conversation.waits(Duration.ofSeconds(31));

        assertThat(conversation.said).contains("ping", "abort");
        conversation.untilConnect();
        conversation.authenticated().receives(status("success", "subscribed to: T.A"));
        assertThat(conversation.said)
                .anyMatch(line -> line.matches("gap of 50\\d{3} ms: silent socket"));
    }

    @Test
    void aServerThatDoesNotGreetIsLeft() {
        Conversation conversation = Conversation.wanting("T.A").forget();

        conversation.waits(Duration.ofSeconds(10));

        assertThat(conversation.said).containsExactly("abort");
        assertThat(conversation.machine.state()).isEqualTo(State.WAITING);
    }

    @Test
    void aServerThatDoesNotAnswerTheKeyIsLeft() {
        Conversation conversation = Conversation.wanting("T.A").greeted().forget();

        conversation.waits(Duration.ofSeconds(10));

        assertThat(conversation.said).containsExactly("abort");
    }

    @Test
    void neitherFrameNorPongIsADeadSocket() {
        Conversation conversation = Conversation.wanting("T.A").streaming("T.A");

        conversation.waits(Duration.ofSeconds(30));

        assertThat(conversation.said).containsExactly("ping", "ping", "abort");
        assertThat(conversation.logged).anyMatch(line -> line.contains("silent socket"));
    }

    @Test
    void pongsKeepATargetedSocketAliveEvenInASession() {
        Conversation conversation = new Conversation(MONDAY_NOON).wants("T.A").streaming("T.A");

        for (int i = 0; i < 20; i++) {
            conversation.waits(Duration.ofSeconds(15)).pong();
        }

        assertThat(conversation.machine.state()).isEqualTo(State.STREAMING);
    }

    @Test
    void theWholeMarketWithoutATradeInASessionIsDeadDespitePongs() {
        Conversation conversation = new Conversation(MONDAY_NOON).wants("T.*").streaming("T.*");
        conversation.receives(TRADE).waits(Duration.ofSeconds(15)).pong();
        assertThat(conversation.machine.state()).isEqualTo(State.STREAMING);

        conversation.waits(Duration.ofSeconds(15)).pong();

        assertThat(conversation.said).contains("abort");
        assertThat(conversation.logged).anyMatch(line -> line.contains("no trade in a session"));
    }

    @Test
    void theWholeMarketMayBeSilentOutsideOfSessions() {
        // Given 09:29:40 on a Monday: silence before the opening does not count
        Conversation conversation =
                new Conversation(Instant.parse("2025-12-22T14:29:00Z"))
                        .wants("T.*")
                        .streaming("T.*");
        for (int i = 0; i < 5; i++) {
            conversation.waits(Duration.ofSeconds(15)).pong();
        }
        assertThat(conversation.machine.state()).isEqualTo(State.STREAMING);

        // When the session is half a minute old
        conversation.waits(Duration.ofSeconds(15)).pong();

        // Then it is dead
        assertThat(conversation.machine.state()).isEqualTo(State.WAITING);
    }

    @Test
    void aGapReachesFromTheLastSignOfLifeUntilTheFeedIsHeardAgain() {
        // Given a pong 4 s before the loss
        Conversation conversation = Conversation.wanting("T.A").streaming("T.A").receives(TRADE);
        conversation
                .waits(Duration.ofSeconds(11))
                .pong()
                .waits(Duration.ofSeconds(4))
                .closed(1006, false);
        conversation.untilConnect();

        // When it takes two attempts and the subscription takes a second
        conversation.closed(1006, false);
        long second = conversation.untilConnect();
        conversation.authenticated().forget().waits(Duration.ofSeconds(1));
        conversation.receives(status("success", "subscribed to: T.A"));

        // Then it is one gap
        assertThat(conversation.said)
                .containsExactly(
                        "gap of " + (4_000 + 20_000 + second + 1_000) + " ms: closed: 1006");
    }

    @Test
    void theFirstConnectionEverHasNoGapAndALaterRunHasOne() {
        Conversation first = Conversation.wanting("T.A").authenticated();
        first.receives(status("success", "subscribed to: T.A"));
        assertThat(first.said).noneMatch(line -> line.startsWith("gap"));

        Conversation later = new Conversation(MONDAY_NOON);
        later.machine.start(later.now - 7_000, later.now);
        later.wants("T.A").authenticated();
        later.receives(status("success", "subscribed to: T.A"));
        assertThat(later.said).contains("gap of 7000 ms: restart");
        assertThat(later.machine.status().reconnects()).isZero();
    }

    @Test
    void stopsWithACloseFrameAndForGood() {
        Conversation conversation = Conversation.wanting("T.A").streaming("T.A").stops();

        conversation.closed(1000, true).waits(Duration.ofSeconds(300));

        assertThat(conversation.said).containsExactly("close");
        assertThat(conversation.machine.state()).isEqualTo(State.STOPPED);
    }

    @Test
    void saysOnceThatTheCalendarEnds() {
        Conversation conversation =
                new Conversation(Instant.parse("2029-06-02T16:00:00Z"))
                        .wants("T.*")
                        .authenticated();
        conversation.receives(status("success", "subscribed to: T.*"));
        assertThat(conversation.logged).anyMatch(line -> line.contains("calendar ends with 2028"));

        conversation.closed(1006, false);
        conversation.untilConnect();
        conversation.forget().authenticated().receives(status("success", "subscribed to: T.*"));
        assertThat(conversation.logged).noneMatch(line -> line.contains("calendar"));
    }
}
