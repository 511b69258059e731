package io.massivepipeline.sources.live;

import io.massivepipeline.sources.provider.ApiKey;

import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LiveSourceBuilderTest {

    @TempDir Path folder;

    @Test
    void aSourceTravelsWithoutTheKey() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), " s3cr3t-k3y\n");
        ApiKey key = ApiKey.fromFile(file.toString());

        byte[] sent = InstantiationUtil.serializeObject(LiveSource.builder().apiKey(key).build());

        assertThat(key.read()).isEqualTo("s3cr3t-k3y");
        assertThat(new String(sent, StandardCharsets.ISO_8859_1)).doesNotContain("s3cr3t");
        assertThat(
                        InstantiationUtil.<LiveSource>deserializeObject(
                                sent, getClass().getClassLoader()))
                .isNotNull();
    }

    @Test
    void aMissingKeyIsOneLineThatSaysWhereItWasLookedFor() {
        String file = folder.resolve("none").toString();

        assertThatThrownBy(() -> ApiKey.fromFile(file).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file)
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> ApiKey.fromEnvironment().read())
                .hasMessageContaining("MASSIVE_API_KEY")
                .hasMessageContaining("massive.api-key-file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost/options", "socket.massive.com", "ws:options"})
    void refusesWhatIsNoWebSocket(String url) {
        assertThatThrownBy(() -> LiveSource.builder().url(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(url);
    }

    @Test
    void refusesDelaysThatAreNone() {
        assertThatThrownBy(() -> LiveSource.builder().silenceTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LiveSource.builder().journal("x", 10))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
