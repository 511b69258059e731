package io.massivepipeline.sources.live;

import io.massivepipeline.sources.live.protocol.Event;
import io.massivepipeline.sources.live.socket.FrameSocket;
import io.massivepipeline.sources.live.socket.SocketListener;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

import java.io.Closeable;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The present connection, one after the other. What it hears goes into the inbox under the number
 * of the connection, so that the last words of an old one are not taken for those of the new one.
 * The only class that knows the API key.
 */
final class Connection implements Closeable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final URI url;
    private final String key;
    private final Inbox inbox;
    private final Clock clock;
    private final ExecutorService threads = Executors.newCachedThreadPool(Connection::thread);
    private final HttpClient client = FrameSocket.client(CONNECT_TIMEOUT, threads);
    private int number = Inbox.Message.NO_CONNECTION;
    private FrameSocket socket;

    Connection(URI url, String key, Inbox inbox, Clock clock) {
        this.url = url;
        this.key = key;
        this.inbox = inbox;
        this.clock = clock;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "massive-socket");
        thread.setDaemon(true);
        return thread;
    }

    void connect() {
        number++;
        socket = FrameSocket.connect(client, url, CONNECT_TIMEOUT, new Hearing(number));
    }

    /** Where it leads, for people; without what a user may have put into a query. */
    String name() {
        return url.getScheme()
                + "://"
                + url.getHost()
                + (url.getPort() < 0 ? "" : ":" + url.getPort())
                + url.getPath();
    }

    /** Whether something that was heard is of the present connection, or of none. */
    boolean isPresent(int connection) {
        return connection == number || connection == Inbox.Message.NO_CONNECTION;
    }

    void authenticate() {
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(key));
        socket.send("{\"action\":\"auth\",\"params\":\"" + quoted + "\"}");
    }

    void send(String text) {
        socket.send(text);
    }

    void ping() {
        socket.ping();
    }

    void resume() {
        if (socket != null) {
            socket.resume();
        }
    }

    void abort() {
        if (socket != null) {
            socket.abort();
        }
    }

    /** Says good-bye; what comes until the future completes is still heard. */
    CompletableFuture<Void> goodbye() {
        return socket == null ? CompletableFuture.completedFuture(null) : socket.close();
    }

    /** A text of others without the key, should they have repeated it. */
    String redacted(String text) {
        return text.replace(key, "***").replaceAll("\\p{Cntrl}+", " ");
    }

    @Override
    public void close() {
        abort();
        threads.shutdown();
    }

    /** One connection's listener. */
    private final class Hearing implements SocketListener {

        private final int connection;

        Hearing(int connection) {
            this.connection = connection;
        }

        @Override
        public boolean frame(byte[] payload) {
            return inbox.frame(connection, payload, clock.millis());
        }

        @Override
        public void pong() {
            inbox.event(connection, new Event.Pong());
        }

        @Override
        public void closed(int code, String reason, boolean clean) {
            inbox.event(connection, new Event.Closed(code, reason, clean));
        }
    }
}
