package io.massivepipeline.sources.live.socket;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * One WebSocket connection. Messages are reassembled up to {@value #MAX_MESSAGE} bytes, and the
 * next is asked for only when the listener takes it: an owner that does not keep up makes TCP slow
 * the other side down, and holds no more than one message here. Sends are queued, never two at a
 * time.
 */
public final class FrameSocket {

    /** The largest message that is taken; a longer one ends the connection. */
    static final int MAX_MESSAGE = 16 << 20;

    private static final int ABNORMAL = 1006;
    private static final int TOO_BIG = 1009;
    private static final long GOODBYE_MS = 2_000;

    private final SocketListener listener;
    private final Executor executor;

    /** Whether the listener knows of the end, or has asked for it. */
    private final AtomicBoolean told = new AtomicBoolean();

    private final AtomicBoolean paused = new AtomicBoolean();
    private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private CompletableFuture<?> sending = opened;
    private volatile boolean aborted;

    private FrameSocket(SocketListener listener, Executor executor) {
        this.listener = listener;
        this.executor = executor;
    }

    /**
     * Begins to connect and returns at once. Certificates and host names of {@code wss} are
     * verified as the client is set up to, which is the JDK's way unless changed. The client must
     * have an executor.
     */
    public static FrameSocket connect(
            HttpClient client, URI uri, Duration timeout, SocketListener listener) {
        FrameSocket socket = new FrameSocket(listener, client.executor().orElseThrow());
        client.newWebSocketBuilder()
                .connectTimeout(timeout)
                .buildAsync(uri, socket.new Reception())
                .whenComplete(socket::connected);
        return socket;
    }

    private void connected(WebSocket socket, Throwable failure) {
        if (failure != null) {
            opened.completeExceptionally(failure);
            closed(ABNORMAL, reason(failure), false);
        } else {
            opened.complete(socket);
        }
    }

    /** Sends a text message after those before it. */
    public void send(String text) {
        enqueue(socket -> socket.sendText(text, true));
    }

    /** Sends a ping after what was sent before it. */
    public void ping() {
        enqueue(socket -> socket.sendPing(ByteBuffer.allocate(0)));
    }

    private synchronized CompletableFuture<?> enqueue(
            Function<WebSocket, CompletableFuture<WebSocket>> send) {
        sending =
                sending.thenCompose(previous -> send.apply(opened.join()))
                        .whenComplete((socket, failure) -> sent(failure));
        return sending;
    }

    /** A dead connection may show here first: the JDK's client does not always see it end. */
    private void sent(Throwable failure) {
        if (failure != null) {
            closed(ABNORMAL, reason(failure), false);
            abort();
        }
    }

    /**
     * Asks for the next message, if the listener held it up. Never on the caller's thread: the
     * JDK's client would go on receiving on it for as long as there is something to receive.
     */
    public void resume() {
        if (paused.compareAndSet(true, false)) {
            opened.thenAcceptAsync(socket -> socket.request(1), executor);
        }
    }

    /**
     * Ends the connection with a close frame. What the other side sent before its own still comes;
     * then, or after two seconds, the connection is dropped and the future completes. The listener
     * is not told of the end.
     */
    public CompletableFuture<Void> close() {
        told.set(true);
        enqueue(socket -> socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
        CompletableFuture.delayedExecutor(GOODBYE_MS, TimeUnit.MILLISECONDS).execute(this::abort);
        return ended;
    }

    /** Drops the connection. The listener hears no more. */
    public void abort() {
        told.set(true);
        aborted = true;
        opened.thenAccept(WebSocket::abort);
        ended.complete(null);
    }

    private void closed(int code, String reason, boolean clean) {
        if (told.compareAndSet(false, true)) {
            listener.closed(code, reason, clean);
        }
        ended.complete(null);
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
            return "HTTP " + refused.getResponse().statusCode();
        }
        String message = cause.getMessage();
        String type = cause.getClass().getSimpleName();
        return message == null ? type : type + ": " + message;
    }

    /** The receiving side, called by the JDK's client, one call at a time. */
    private final class Reception implements WebSocket.Listener {

        private final MessageBuffer message = new MessageBuffer(MAX_MESSAGE);

        @Override
        public void onOpen(WebSocket socket) {
            socket.request(1);
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            received(socket, message.add(text), last);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            received(socket, message.add(data), last);
            return null;
        }

        private void received(WebSocket socket, boolean fits, boolean last) {
            if (!fits) {
                socket.sendClose(TOO_BIG, "message too big");
                closed(TOO_BIG, "message of more than " + MAX_MESSAGE + " bytes", false);
                socket.abort();
            } else if (!last) {
                socket.request(1);
            } else {
                deliver(socket, message.take());
            }
        }

        private void deliver(WebSocket socket, byte[] payload) {
            if (payload.length == 0) {
                listener.pong();
                socket.request(1);
                return;
            }
            if (aborted || listener.frame(payload)) {
                socket.request(1);
            } else {
                paused.set(true);
            }
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
            if (!aborted) {
                listener.pong();
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPing(WebSocket socket, ByteBuffer data) {
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed(code, reason, code != ABNORMAL);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed(ABNORMAL, FrameSocket.reason(error), false);
            socket.abort();
        }
    }

    /** A client for sockets, whose threads are the executor's. */
    public static HttpClient client(Duration connectTimeout, Executor executor) {
        return HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(executor)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }
}
