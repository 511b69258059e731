package io.massivepipeline.sources.live.socket;

import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.fixtures.tls.TestCertificates;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** {@code wss} checks who the other side is. */
@Timeout(60)
class FrameSocketTlsTest {

    private static final Duration SECONDS = Duration.ofSeconds(10);

    @TempDir static Path folder;

    private static TestCertificates certificates;
    private static StandInProvider provider;
    private static ExecutorService threads;

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() {
        certificates = TestCertificates.create(folder, "dns:localhost");
        provider = StandInProvider.start(ProviderOptions.withKey("k-1").withTls(certificates));
        threads = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void stop() {
        provider.close();
        threads.shutdownNow();
    }

    @Test
    void takesACertificateThatIsTrusted() {
        assertThat(firstHeard(trusting(), provider.uri())).contains("Connected Successfully");
    }

    @Test
    void refusesACertificateThatNobodyVouchesFor() {
        HttpClient client = FrameSocket.client(SECONDS, threads);

        assertThat(firstHeard(client, provider.uri()))
                .startsWith("closed 1006 SSLHandshakeException");
    }

    @Test
    void refusesACertificateOfAnotherHost() {
        String url = provider.uri().replace("localhost", "127.0.0.1");

        assertThat(firstHeard(trusting(), url)).startsWith("closed 1006 SSLHandshakeException");
    }

    private static HttpClient trusting() {
        return HttpClient.newBuilder()
                .sslContext(certificates.clientContext())
                .executor(threads)
                .build();
    }

    private String firstHeard(HttpClient client, String url) {
        FrameSocket socket = FrameSocket.connect(client, URI.create(url), SECONDS, new Heard());
        await().atMost(SECONDS).until(() -> !heard.isEmpty());
        socket.abort();
        return heard.peek();
    }

    /** Remembers what it hears as text. */
    private final class Heard implements SocketListener {

        @Override
        public boolean frame(byte[] payload) {
            heard.add(new String(payload, StandardCharsets.UTF_8));
            return true;
        }

        @Override
        public void pong() {
            heard.add("pong");
        }

        @Override
        public void closed(int code, String reason, boolean clean) {
            heard.add("closed " + code + " " + reason);
        }
    }
}
