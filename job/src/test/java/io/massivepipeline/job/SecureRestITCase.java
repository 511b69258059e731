package io.massivepipeline.job;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.market.Market;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.fixtures.provider.rest.RestOptions;
import io.massivepipeline.fixtures.provider.rest.StandInRest;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.fixtures.tls.TestCertificates;
import io.massivepipeline.job.oracle.RedisContent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The jar live, with a provider whose REST side is asked by HTTPS. */
@Timeout(240)
class SecureRestITCase {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String KEY = "k-77ab03";

    @TempDir Path folder;

    private static TestCertificates certificates;

    private RedisServer redis;
    private StandInProvider provider;
    private StandInRest rest;

    @BeforeAll
    static void certify(@TempDir Path folder) {
        certificates = TestCertificates.create(folder, "dns:localhost");
    }

    @BeforeEach
    void start() {
        redis = RedisServers.embedded(RedisOptions.defaults());
        provider = StandInProvider.start(ProviderOptions.withKey(KEY));
        rest =
                StandInRest.start(
                        RestOptions.of(KEY, ListedMarket.of(Market.seeded(5)))
                                .withTls(certificates));
    }

    @AfterEach
    void stop() {
        rest.close();
        provider.close();
        redis.close();
    }

    private PipelineProcess run(List<String> javaOptions, String url) throws IOException {
        return PipelineProcess.start(
                javaOptions,
                folder,
                Map.of("MASSIVE_API_KEY", KEY),
                "--source=live",
                "--ws.url=" + provider.uri(),
                "--rest.url=" + url,
                "--underlyings=",
                "--spot.symbols=I:SPX",
                "--spot.interval=200 ms",
                "--redis.uri=" + redis.uri(),
                "--journal.dir=" + folder.resolve("journal"),
                "--resume.dir=" + folder.resolve("state"));
    }

    private List<String> trusting() {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + certificates.trustStore(),
                "-Djavax.net.ssl.trustStorePassword=" + TestCertificates.STORE_PASSWORD);
    }

    private Map<String, String> statistics() {
        return new RedisContent(redis).hash("massive:spot:analytics");
    }

    @Test
    void asksAProviderThatIsTrusted() throws Exception {
        PipelineProcess run = run(trusting(), rest.uri());

        await().atMost(SOON).until(() -> !"0".equals(statistics().getOrDefault("pages", "0")));
        run.terminate();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(statistics()).containsEntry("errors", "0");
        assertThat(run.err()).doesNotContain("certificate");
    }

    @Test
    void saysThatNobodyVouchesForTheCertificate() throws Exception {
        refuses(List.of(), rest.uri(), "unable to find valid certification path");
    }

    @Test
    void saysThatTheCertificateIsAnothers() throws Exception {
        String url = rest.uri().replace("localhost", "127.0.0.1");

        refuses(trusting(), url, "No subject alternative names matching IP address 127.0.0.1");
    }

    /** It is said once, however often it is asked, and the feed goes on. */
    private void refuses(List<String> javaOptions, String url, String why) throws Exception {
        PipelineProcess run = run(javaOptions, url);

        await().atMost(SOON)
                .until(
                        () ->
                                provider.channels().contains("T.*")
                                        && Integer.parseInt(statistics().getOrDefault("runs", "0"))
                                                > 5);
        run.terminate();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err().lines().filter(line -> line.contains("WARN")))
                .singleElement()
                .asString()
                .contains("the certificate of " + url.substring("https://".length()))
                .contains(why);
        assertThat(run.err()).doesNotContain("\tat ").doesNotContain(KEY);
        assertThat(rest.log().requests()).isEmpty();
        assertThat(statistics()).containsEntry("pages", "0");
    }
}
