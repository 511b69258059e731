package io.massivepipeline.sources.live.protocol;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static io.massivepipeline.sources.live.protocol.Conversation.status;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every message that the provider is known to send, in the words in which it was seen: the sequence
 * of a connection, and each error and refusal.
 */
class ProtocolTableTest {

    private static final String SPY = "T.O:SPY251219C00650000";
    private static final String SPXW = "T.O:SPXW251223P06870000";
    private static final String TRADE =
            "{\"ev\":\"T\",\"sym\":\"O:SPXW251208C06840000\",\"x\":302,\"p\":5.5,\"s\":1,\"c\":[236],"
                    + "\"t\":1765227583506,\"q\":1864261653}";

    private static final String MAX_CONNECTIONS =
            "Maximum number of websocket connections exceeded. You have reached the connection limit"
                    + " for your account. Please contact support at https://polygon.io/contact to"
                    + " increase your limit.";
    private static final String NO_PLAN =
            "Your plan doesn't include websocket access. Visit https://massive.com/pricing to upgrade.";
    private static final String NO_REAL_TIME =
            "You don't have access real-time data. If your plan only includes delayed data, you can"
                    + " connect to the delayed websocket at wss://delayed.polygon.io/stocks.";
    private static final String NOT_SIGNED =
            "You don't have access; you may need to visit the dashboard to sign your agreements";
    private static final String LIMIT =
            "Subscription limit reached for feed. Please remove some subscriptions and try again.";

    /**
     * A row of the table.
     *
     * @param name what it shows
     * @param given a conversation in the state in which the message comes
     * @param frame the message
     * @param actions what must be done then, in order
     * @param state the state after it
     * @param log what the operator must be told, empty if nothing
     */
    record Row(
            String name,
            Supplier<Conversation> given,
            String frame,
            List<String> actions,
            State state,
            String log) {

        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"sequence", "acknowledgements", "refusals", "others"})
    void answers(Row row) {
        // Given
        Conversation conversation = row.given().get().forget();

        // When
        conversation.receives(row.frame());

        // Then
        assertThat(conversation.said).isEqualTo(row.actions());
        assertThat(conversation.machine.state()).isEqualTo(row.state());
        if (row.log().isEmpty()) {
            assertThat(conversation.logged).noneMatch(line -> line.startsWith("WARN"));
        } else {
            assertThat(conversation.logged).anyMatch(line -> line.contains(row.log()));
        }
    }

    static Stream<Row> sequence() {
        return Stream.of(
                row(
                        "the key goes out with the greeting, not before",
                        () -> Conversation.wanting("T.*"),
                        status("connected", "Connected Successfully"),
                        List.of("authenticate"),
                        State.AUTHENTICATING),
                row(
                        "the greeting may come as a bare object",
                        () -> Conversation.wanting("T.*"),
                        "{\"ev\":\"status\",\"status\":\"connected\",\"message\":\"Connected Successfully\"}",
                        List.of("authenticate"),
                        State.AUTHENTICATING),
                row(
                        "channels go out with auth_success, not before",
                        () -> Conversation.wanting(SPY, SPXW).greeted(),
                        status("auth_success", "authenticated"),
                        List.of(subscribe(SPXW + "," + SPY)),
                        State.SUBSCRIBING),
                row(
                        "a second greeting sends no second key",
                        () -> Conversation.wanting("T.*").greeted(),
                        status("connected", "Connected Successfully"),
                        List.of(),
                        State.AUTHENTICATING),
                row(
                        "auth_success without a key is nothing",
                        () -> Conversation.wanting("T.*"),
                        status("auth_success", "authenticated"),
                        List.of(),
                        State.CONNECTING),
                row(
                        "nothing wanted is nothing to wait for",
                        () -> Conversation.wanting().greeted(),
                        status("auth_success", "authenticated"),
                        List.of(),
                        State.STREAMING));
    }

    static Stream<Row> acknowledgements() {
        return Stream.of(
                row(
                        "the whole market is heard when it is confirmed",
                        () -> Conversation.wanting("T.*").authenticated(),
                        status("success", "subscribed to: T.*"),
                        List.of(),
                        State.STREAMING),
                row(
                        "one confirmation of two is not all",
                        () -> Conversation.wanting(SPY, SPXW).authenticated(),
                        status("success", "subscribed to: " + SPY),
                        List.of(),
                        State.SUBSCRIBING),
                row(
                        "several confirmations may share a frame",
                        () -> Conversation.wanting(SPY, SPXW).authenticated(),
                        "[" + ack(SPY) + "," + ack(SPXW) + "]",
                        List.of(),
                        State.STREAMING),
                row(
                        "confirmations may share a frame with data",
                        () -> Conversation.wanting(SPY, SPXW).authenticated(),
                        "[" + TRADE + "," + ack(SPY) + "," + TRADE + "," + ack(SPXW) + "]",
                        List.of(),
                        State.STREAMING),
                row(
                        "confirmations before a fault of the frame count",
                        () -> Conversation.wanting(SPY, SPXW).authenticated(),
                        "[" + ack(SPY) + "," + ack(SPXW) + ",{\"ev\":\"T\",\"sym",
                        List.of(),
                        State.STREAMING),
                row(
                        "the confirmation of a channel that nobody asked for is nothing",
                        () -> Conversation.wanting(SPY).authenticated(),
                        status("success", "subscribed to: " + SPXW),
                        List.of(),
                        State.SUBSCRIBING),
                row(
                        "leaving a channel is confirmed as 'unsubscribed to'",
                        () -> Conversation.wanting(SPY, SPXW).streaming(SPY, SPXW).wants(SPXW),
                        status("success", "unsubscribed to: " + SPY),
                        List.of(),
                        State.STREAMING));
    }

    static Stream<Row> refusals() {
        return Stream.of(
                fatal(
                        "a wrong key",
                        () -> Conversation.wanting("T.*").greeted(),
                        status("auth_failed", "authentication failed"),
                        "The provider refused the API key: authentication failed"),
                fatal(
                        "a plan without WebSockets",
                        () -> Conversation.wanting("T.*").greeted(),
                        status("auth_failed", NO_PLAN),
                        "The provider refused the API key: " + NO_PLAN),
                fatal(
                        "a key without real-time data",
                        () -> Conversation.wanting("T.*").authenticated(),
                        status("error", NO_REAL_TIME),
                        "The plan of the API key does not include this feed: " + NO_REAL_TIME),
                fatal(
                        "agreements not signed",
                        () -> Conversation.wanting("T.*").authenticated(),
                        status("error", NOT_SIGNED),
                        "The plan of the API key does not include this feed: " + NOT_SIGNED),
                fatal(
                        "the only channel is not in the plan",
                        () -> Conversation.wanting("T.*").authenticated(),
                        status("error", "not authorized"),
                        "The plan of the API key includes none of the channels: not authorized"),
                new Row(
                        "one of two channels is not in the plan, the other was confirmed before",
                        () ->
                                Conversation.wanting(SPY, "Q." + SPXW)
                                        .authenticated()
                                        .receives("[" + ack(SPY) + "]"),
                        status("error", "not authorized"),
                        List.of(),
                        State.STREAMING,
                        "Refused Q." + SPXW + ": not authorized"),
                new Row(
                        "one of two channels is not in the plan, the other is confirmed after",
                        () -> Conversation.wanting(SPY, "Q." + SPXW).authenticated(),
                        "[{\"ev\":\"status\",\"status\":\"error\",\"message\":\"not authorized\"},"
                                + ack(SPY)
                                + "]",
                        List.of(),
                        State.STREAMING,
                        "Streaming: 1 of 2 channels confirmed, 1 refused"),
                new Row(
                        "the limit refuses the whole request and the connection stays",
                        () -> Conversation.wanting("Q." + SPY, "Q." + SPXW).authenticated(),
                        status("error", LIMIT),
                        List.of(),
                        State.STREAMING,
                        "Refused Q." + SPXW + ", Q." + SPY + ": " + LIMIT),
                new Row(
                        "the key came too late",
                        () -> Conversation.wanting("T.*").greeted(),
                        status("auth_timeout", "No authentication request received."),
                        List.of(),
                        State.AUTHENTICATING,
                        "No authentication request received."),
                new Row(
                        "too many connections, after everything was confirmed",
                        () -> Conversation.wanting("T.*").streaming("T.*"),
                        status("max_connections", MAX_CONNECTIONS),
                        List.of("close"),
                        State.WAITING,
                        "next attempt in 60.0 s"));
    }

    static Stream<Row> others() {
        return Stream.of(
                new Row(
                        "an error in other words",
                        () -> Conversation.wanting("T.*").streaming("T.*"),
                        status("error", "something else"),
                        List.of(),
                        State.STREAMING,
                        "The provider reports an error: something else"),
                new Row(
                        "a status in no list",
                        () -> Conversation.wanting("T.*").streaming("T.*"),
                        status("maintenance", "soon"),
                        List.of(),
                        State.STREAMING,
                        "Unknown status maintenance: soon"),
                row(
                        "data",
                        () -> Conversation.wanting("T.*").streaming("T.*"),
                        "[" + TRADE + "," + TRADE + "]",
                        List.of(),
                        State.STREAMING),
                row(
                        "a trade that has a status field is no status message",
                        () -> Conversation.wanting("T.*").greeted(),
                        "[{\"ev\":\"T\",\"status\":\"auth_failed\",\"message\":\"x\"}]",
                        List.of(),
                        State.AUTHENTICATING),
                row(
                        "what is no JSON is left to the parser",
                        () -> Conversation.wanting("T.*").streaming("T.*"),
                        "status }{",
                        List.of(),
                        State.STREAMING),
                new Row(
                        "a status message without its fields",
                        () -> Conversation.wanting("T.*").streaming("T.*"),
                        "[{\"ev\":\"status\",\"status\":7,\"message\":null}]",
                        List.of(),
                        State.STREAMING,
                        "Unknown status"));
    }

    private static Row row(
            String name,
            Supplier<Conversation> given,
            String frame,
            List<String> actions,
            State state) {
        return new Row(name, given, frame, actions, state, "");
    }

    private static Row fatal(
            String name, Supplier<Conversation> given, String frame, String message) {
        return new Row(
                name + " is fatal",
                given,
                frame,
                List.of("close", "fail: " + message),
                State.STOPPED,
                "");
    }

    private static String subscribe(String channels) {
        return "{\"action\":\"subscribe\",\"params\":\"" + channels + "\"}";
    }

    private static String ack(String channel) {
        return "{\"ev\":\"status\",\"status\":\"success\",\"message\":\"subscribed to: "
                + channel
                + "\"}";
    }
}
