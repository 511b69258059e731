package io.massivepipeline.job.demo;

import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.job.options.PipelineOptions;

import org.apache.flink.configuration.ConfigOption;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What {@code mvn -Preplay} runs: the job's jar, in a process of its own, on a captured feed and a
 * Redis that is started for it.
 *
 * <p>At the end it says what was written, and where the page about it is.
 *
 * <p>Every option of the job can be given as a property: {@code -Dfeed=... -Dredis.uri=...}. With
 * {@code -Dkeep} the Redis stays up until Ctrl-C.
 */
public final class ReplayDemo {

    private static final String KEEP = "keep";

    private ReplayDemo() {}

    /**
     * @param arguments the job's jar, the feed that is replayed unless another one is given, the
     *     context that belongs to that feed, the page that is written unless another one is given
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
            System.out.println(
                    "That Redis is gone with this run; mvn -Preplay -Dkeep leaves it up.");
        }
    }

    private static void replay(String[] arguments, String redisUri)
            throws IOException, InterruptedException {
        Map<String, String> options = new LinkedHashMap<>();
        options.put(PipelineOptions.SOURCE.key(), "replay");
        options.put(PipelineOptions.FEED.key(), arguments[1]);
        if (System.getProperty(PipelineOptions.FEED.key()) == null) {
            options.put(PipelineOptions.CONTEXT.key(), arguments[2]);
        }
        options.put(PipelineOptions.REPORT.key(), arguments[3]);
        for (ConfigOption<?> option : PipelineOptions.ALL) {
            String value = System.getProperty(option.key());
            if (value != null) {
                options.put(option.key(), value);
            }
        }
        options.put(PipelineOptions.REDIS_URI.key(), redisUri);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", arguments[0]));
        options.forEach((name, value) -> command.add("--" + name + "=" + value));
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException("The replay ended with exit code " + exit + ".");
        }
    }
}
