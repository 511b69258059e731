package io.massivepipeline.job;

import io.massivepipeline.fixtures.redis.RedisServer;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The keys of a Redis in a text file, a line each: the name, and its value as Redis packs it. */
final class RedisDump {

    private RedisDump() {}

    /** Writes all keys; their expiry is not kept. */
    static void save(RedisServer server, Path file) throws IOException {
        try (RedisClient client = RedisClient.create(server.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            List<String> lines = new ArrayList<>();
            for (String key : redis.keys("*").stream().sorted().toList()) {
                lines.add(key + "\t" + Base64.getEncoder().encodeToString(redis.dump(key)));
            }
            Files.write(file, lines);
        }
    }

    static void restore(Path file, RedisServer server) throws IOException {
        try (RedisClient client = RedisClient.create(server.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            for (String line : Files.readAllLines(file)) {
                String[] entry = line.split("\t");
                connection.sync().restore(entry[0], 0, Base64.getDecoder().decode(entry[1]));
            }
        }
    }
}
