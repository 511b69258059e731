package io.massivepipeline.job.demo;

import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.job.options.PipelineOptions;

import org.apache.flink.configuration.ConfigOption;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * What {@code mvn -Preplay} runs: the job's jar, in a process of its own, on a captured feed and a
 * Redis that is started for it.
 *
 * <p>Every option of the job can be given as a property: {@code -Dfeed=... -Dredis.uri=...}. With
 * {@code -Dkeep} the Redis stays up until Ctrl-C.
 */
public final class ReplayDemo {

    private static final String KEEP = "keep";

    private ReplayDemo() {}

    /**
     * @param arguments the job's jar and the feed that is replayed unless another one is given
     */
    public static void main(String... arguments) throws Exception {
        Properties properties = System.getProperties();
        String given = properties.getProperty(PipelineOptions.REDIS_URI.key());
        if (given != null) {
            replay(arguments, given);
            return;
        }
        try (RedisServer redis = RedisServers.embedded(RedisOptions.defaults())) {
            replay(arguments, redis.uri());
            if (properties.containsKey(KEEP)) {
                System.out.println("Redis stays up at " + redis.uri() + " until Ctrl-C.");
                Thread.currentThread().join();
            }
        }
    }

    private static void replay(String[] arguments, String redisUri)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-jar", arguments[0], "--source", "replay", "--redis.uri", redisUri));
        command.add("--feed");
        command.add(System.getProperty(PipelineOptions.FEED.key(), arguments[1]));
        for (ConfigOption<?> option : PipelineOptions.ALL) {
            String value = System.getProperty(option.key());
            if (value != null && !command.contains("--" + option.key())) {
                command.add("--" + option.key());
                command.add(value);
            }
        }
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException("The replay ended with exit code " + exit + ".");
        }
    }
}
