package io.massivepipeline.sinks.redis.testing;

import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisRuntime;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One plain server of each kind for all tests of a JVM that need nothing special; it ends with it.
 */
public final class SharedRedis {

    private static final Map<RedisRuntime, RedisServer> SERVERS = new ConcurrentHashMap<>();

    private SharedRedis() {}

    public static RedisServer server(RedisRuntime runtime) {
        return SERVERS.computeIfAbsent(runtime, kind -> kind.start(RedisOptions.defaults()));
    }

    /** A connection to a server that has been emptied. */
    public static RespClient empty(RedisServer server) {
        RespClient client = server.connect();
        client.command("FLUSHALL");
        return client;
    }
}
