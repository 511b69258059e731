package io.massivepipeline.sinks.redis.example;

import io.massivepipeline.sinks.redis.RedisConnectionConfig;
import io.massivepipeline.sinks.redis.RedisSinkBuilder;
import io.massivepipeline.sinks.redis.metrics.SinkCounter;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class ReadmeTest {

    private static final Path EXAMPLE =
            Path.of("src/test/java/io/massivepipeline/sinks/redis/example/PricesToRedis.java");

    private final String readme = Files.readString(Path.of("README.md"));

    ReadmeTest() throws IOException {}

    @Test
    void showsAnExampleThatCompiles() throws IOException {
        String source = Files.readString(EXAMPLE);
        String code = source.substring(source.indexOf("public final class"));

        assertThat(readme).contains("```java\n" + code + "```");
    }

    @Test
    void namesEveryCounter() {
        assertThat(readme)
                .contains(
                        Stream.of(SinkCounter.values())
                                .map(counter -> "`" + counter.publicName() + "`")
                                .toList());
    }

    @Test
    void namesEveryOption() {
        assertThat(readme).contains(options(RedisSinkBuilder.class));
        assertThat(readme).contains(options(RedisConnectionConfig.Builder.class));
    }

    private static List<String> options(Class<?> builder) {
        return Stream.of(builder.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getReturnType() == builder)
                .map(method -> "`" + method.getName() + "`")
                .toList();
    }
}
