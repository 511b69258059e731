package io.massivepipeline.sinks.redis;

import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RedisConnectionConfigTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://:s3cret@localhost:6379",
                "redis://user:s3cret@localhost",
                "rediss://s3cret@localhost",
                "redis-sentinel://s3cret@a:1,b:2#m",
                "redis://a:1,redis://:s3cret@b:2"
            })
    void refusesSecretsInAddressesWithoutRepeatingThem(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisConnectionConfig.of(uri))
                .withMessageContaining("must not have a user or a password")
                .withMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:6379", "http://localhost", "redis-sentinel://a:1,b:2"})
    void refusesWhatIsNoAddress(String uri) {
        assertThatIllegalArgumentException().isThrownBy(() -> RedisConnectionConfig.of(uri));
    }

    @Test
    void takesSeveralAddressesForACluster() {
        RedisConnectionConfig config = RedisConnectionConfig.of("redis://a:1, redis://b:2");

        assertThat(config.cluster()).isTrue();
        assertThat(config.uris()).containsExactly("redis://a:1", "redis://b:2");
    }

    @Test
    void takesTheAddressesOfSentinelsAsOne() {
        RedisConnectionConfig config = RedisConnectionConfig.of("redis-sentinel://a:1,b:2/0#main");

        assertThat(config.cluster()).isFalse();
        assertThat(config.uris()).containsExactly("redis-sentinel://a:1,b:2/0#main");
    }

    @Test
    void travelsWithTheJobAndSaysWhereRedisIs() throws Exception {
        RedisConnectionConfig config =
                RedisConnectionConfig.builder()
                        .uri("rediss://host:1")
                        .username("alice")
                        .passwordFile("/run/secrets/redis")
                        .build();

        assertThat(InstantiationUtil.clone(config)).isEqualTo(config);
        assertThat(config).hasToString("Redis at rediss://host:1 as alice");
    }
}
