package io.massivepipeline.sources.live.socket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class FrameSocketTest {

    private static final Duration SECONDS = Duration.ofSeconds(10);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = FrameSocket.client(SECONDS, threads);
    private final Heard heard = new Heard();
    private RawServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    @Test
    void deliversMessagesInOrder() throws IOException {
        connect();

        for (int i = 0; i < 1_000; i++) {
            server.text("[" + i + "]");
        }

        await().until(() -> heard.frames.size() == 1_000);
        assertThat(heard.texts()).startsWith("[0]", "[1]").endsWith("[999]");
    }

    @Test
    void putsFragmentsTogetherWhereverTheyAreCut() throws IOException {
        connect();
        // Given characters of one to four bytes
        byte[] message = "[\"a\u00e9\u20ac\ud83d\ude00z\"]".getBytes(StandardCharsets.UTF_8);

        // When the message is cut at each byte, with a ping in between
        for (int cut = 1; cut < message.length; cut++) {
            server.send(RawServer.TEXT, false, Arrays.copyOf(message, cut));
            server.send(RawServer.PING, true, new byte[] {7});
            server.send(
                    RawServer.CONTINUATION, true, Arrays.copyOfRange(message, cut, message.length));
        }

        await().until(() -> heard.frames.size() == message.length - 1);
        assertThat(heard.frames).allMatch(frame -> Arrays.equals(frame, message));
    }

    @Test
    void takesMessagesOfTenMegabytesInPieces() throws IOException {
        connect();
        byte[] message = new byte[10 << 20];
        Arrays.fill(message, (byte) 'x');
        for (int i = 0; i < message.length; i += 1 << 20) {
            boolean last = i + (1 << 20) >= message.length;
            server.send(
                    i == 0 ? RawServer.TEXT : RawServer.CONTINUATION,
                    last,
                    Arrays.copyOfRange(message, i, i + (1 << 20)));
        }
        server.text("[]");

        await().atMost(SECONDS).until(() -> heard.frames.size() == 2);
        assertThat(heard.frames.peek()).isEqualTo(message);
    }

    @Test
    void refusesMessagesOfMoreThanSixteenMegabytes() throws IOException {
        connect();
        byte[] piece = new byte[1 << 20];
        Arrays.fill(piece, (byte) 'x');
        server.send(RawServer.TEXT, false, piece);
        for (int i = 0; i < 16; i++) {
            server.send(RawServer.CONTINUATION, false, piece);
        }

        await().atMost(SECONDS).until(() -> !heard.closes.isEmpty());
        assertThat(heard.closes.peek()).startsWith("1009 ").endsWith("unclean");
        assertThat(heard.frames).isEmpty();
    }

    @Test
    void takesBinaryMessagesToo() throws IOException {
        connect();

        server.send(RawServer.BINARY, true, new byte[] {0, -1, 2});

        await().until(() -> heard.frames.size() == 1);
        assertThat(heard.frames.peek()).containsExactly(0, -1, 2);
    }

    @Test
    void readsNoFurtherThanItIsTaken() throws Exception {
        // Given a listener that takes one message and no more
        heard.room = false;
        FrameSocket socket = connect();
        byte[] payload = new byte[100 << 10];
        Arrays.fill(payload, (byte) 'x');

        // When the server sends as much as it can
        long written = server.writeUntilBlocked(payload, 1L << 30);

        // Then TCP holds it up, and a message comes for each that is asked for
        assertThat(written).isLessThan(64 << 20);
        assertThat(heard.frames).hasSize(1);
        socket.resume();
        await().until(() -> heard.frames.size() == 2);
        heard.room = true;
        await().until(() -> resumed(socket) > 20);
    }

    @Test
    void neverReceivesOnTheThreadThatResumes() throws Exception {
        // Given much to receive, in very small pieces, and a listener that holds it up at first
        heard.room = false;
        FrameSocket socket = connect();
        server.text("[0]");
        await().until(() -> heard.frames.size() == 1);
        byte[] letter = {'x'};
        for (int i = 0; i < 60_000; i++) {
            server.send(
                    i % 100 == 0 ? RawServer.TEXT : RawServer.CONTINUATION, i % 100 == 99, letter);
        }

        // When it goes on
        heard.room = true;
        await().until(() -> resumed(socket) > 300);

        // Then the thread that asked for it received none of it
        await().until(() -> heard.frames.size() == 601);
        assertThat(heard.threads)
                .noneMatch(name -> name.equals(Thread.currentThread().getName()))
                .noneMatch(name -> name.contains("awaitility"));
    }

    @Test
    void sendsInOrderWithPings() throws IOException {
        FrameSocket socket = connect();

        socket.send("one");
        socket.ping();
        socket.send("two");

        assertThat(List.of(server.read(), server.read(), server.read()))
                .containsExactly("1 one", "9 ", "1 two");
        server.send(RawServer.PONG, true, new byte[0]);
        await().until(() -> heard.pongs == 1);
    }

    @Test
    void answersPings() throws IOException {
        connect();

        server.send(RawServer.PING, true, "p".getBytes(StandardCharsets.US_ASCII));

        assertThat(server.read()).isEqualTo("10 p");
    }

    @Test
    void saysGoodByeWithACloseFrameAndHearsTheAnswerOut() throws Exception {
        FrameSocket socket = connect();

        socket.send("last");
        CompletableFuture<Void> over = socket.close();

        assertThat(server.read()).isEqualTo("1 last");
        assertThat(server.read()).isEqualTo("8 1000");
        server.text("[1]").text("[2]").close(1000);
        over.get();
        assertThat(heard.texts()).containsExactly("[1]", "[2]");
        assertThat(heard.closes).isEmpty();
    }

    @Test
    void aGoodByeWithoutAnswerEnds() throws Exception {
        connect().close().get();

        assertThat(heard.closes).isEmpty();
    }

    @Test
    void tellsACloseFrameFromADrop() throws IOException {
        connect();
        server.close(1001);
        await().until(() -> heard.closes.size() == 1);
        assertThat(heard.closes.poll()).isEqualTo("1001  clean");

        connect();
        server.drop();
        await().until(() -> heard.closes.size() == 1);
        assertThat(heard.closes.poll()).startsWith("1006 ").endsWith(" unclean");
    }

    @Test
    void invalidUtf8EndsTheConnection() throws IOException {
        connect();

        server.send(RawServer.TEXT, true, new byte[] {'[', (byte) 0xC3, (byte) 0x28, ']'});

        await().until(() -> heard.closes.size() == 1);
        assertThat(heard.closes.poll()).startsWith("1006 ").endsWith(" unclean");
        assertThat(heard.frames).isEmpty();
    }

    @Test
    void saysWhyAConnectionCannotBeMade() throws IOException {
        FrameSocket.connect(client, server.uri(), SECONDS, heard);
        server.refuse(403);
        await().until(() -> heard.closes.size() == 1);
        assertThat(heard.closes.poll()).isEqualTo("1006 HTTP 403 unclean");

        server.close();
        FrameSocket.connect(client, server.uri(), SECONDS, heard);
        await().until(() -> heard.closes.size() == 1);
        assertThat(heard.closes.poll()).startsWith("1006 ConnectException").endsWith("unclean");
    }

    @Test
    void anAbortedConnectionIsHeardNoMore() throws IOException {
        FrameSocket socket = connect();

        socket.abort();

        await().untilAsserted(
                        () -> assertThatThrownBy(server::read).isInstanceOf(IOException.class));
        assertThat(heard.closes).isEmpty();
    }

    private int resumed(FrameSocket socket) {
        socket.resume();
        return heard.frames.size();
    }

    private FrameSocket connect() throws IOException {
        URI uri = server.uri();
        FrameSocket socket = FrameSocket.connect(client, uri, SECONDS, heard);
        server.accept();
        return socket;
    }

    /** Remembers what it hears. */
    private static final class Heard implements SocketListener {

        private final Queue<byte[]> frames = new ConcurrentLinkedQueue<>();
        private final Set<String> threads = ConcurrentHashMap.newKeySet();
        private final Queue<String> closes = new ConcurrentLinkedQueue<>();
        private volatile int pongs;
        private volatile boolean room = true;

        @Override
        public boolean frame(byte[] payload) {
            frames.add(payload);
            threads.add(Thread.currentThread().getName());
            return room;
        }

        @Override
        public void pong() {
            pongs = pongs + 1;
        }

        @Override
        public void closed(int code, String reason, boolean clean) {
            closes.add(code + " " + reason + (clean ? " clean" : " unclean"));
        }

        private List<String> texts() {
            return frames.stream().map(f -> new String(f, StandardCharsets.UTF_8)).toList();
        }
    }
}
