package io.massivepipeline.sources.live.socket;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A WebSocket server of one connection that sends exactly the frames that a test tells it to. */
final class RawServer implements Closeable {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket server;
    private Socket client;
    private DataInputStream in;
    private OutputStream out;

    RawServer() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setSoTimeout(10_000);
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/options");
    }

    RawServer accept() throws IOException {
        client = server.accept();
        client.setSoTimeout(10_000);
        in = new DataInputStream(client.getInputStream());
        out = client.getOutputStream();
        String key = "";
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
                key = line.substring(line.indexOf(':') + 1).strip();
            }
        }
        out.write(
                ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Accept: "
                                + accept(key)
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    /** Answers with an HTTP status instead of a WebSocket. */
    void refuse(int status) throws IOException {
        client = server.accept();
        client.getOutputStream()
                .write(
                        ("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        client.close();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("no handshake");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    private static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] digest = sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    RawServer text(String text) {
        return send(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
    }

    RawServer send(int opcode, boolean last, byte[] payload) {
        ByteBuffer header = ByteBuffer.allocate(10);
        header.put((byte) ((last ? 0x80 : 0) | opcode));
        if (payload.length < 126) {
            header.put((byte) payload.length);
        } else if (payload.length < 1 << 16) {
            header.put((byte) 126).putShort((short) payload.length);
        } else {
            header.put((byte) 127).putLong(payload.length);
        }
        try {
            out.write(header.array(), 0, header.position());
            out.write(payload);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawServer close(int code) {
        return send(CLOSE, true, new byte[] {(byte) (code >> 8), (byte) code});
    }

    /** The next frame that the client sends: its opcode and its payload. */
    String read() throws IOException {
        int opcode = in.readUnsignedByte() & 0xF;
        int length = in.readUnsignedByte() & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < length; i++) {
            payload[i] ^= mask[i % 4];
        }
        String text =
                opcode == CLOSE
                        ? String.valueOf(ByteBuffer.wrap(payload).getShort())
                        : new String(payload, StandardCharsets.UTF_8);
        return opcode + " " + text;
    }

    /** Ends the connection without a word. */
    void drop() throws IOException {
        client.close();
    }

    /** Bytes that the operating system takes although the client does not read. */
    long writeUntilBlocked(byte[] payload, long atMost) {
        AtomicLong written = new AtomicLong();
        CompletableFuture<Void> writing =
                CompletableFuture.runAsync(
                        () -> {
                            while (written.get() < atMost) {
                                send(TEXT, true, payload);
                                written.addAndGet(payload.length);
                            }
                        });
        writing.completeOnTimeout(null, 2, TimeUnit.SECONDS).join();
        return written.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (client != null) {
            client.close();
        }
    }
}
