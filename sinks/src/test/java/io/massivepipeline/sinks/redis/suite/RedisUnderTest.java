package io.massivepipeline.sinks.redis.suite;

import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisRuntime;
import io.massivepipeline.fixtures.redis.RedisServer;

import org.apache.flink.connector.testframe.TestResource;

/** A server that Flink's tests start before the first of them and stop after the last. */
final class RedisUnderTest implements TestResource {

    private final RedisRuntime runtime;
    private RedisServer server;

    RedisUnderTest(RedisRuntime runtime) {
        this.runtime = runtime;
    }

    RedisServer server() {
        return server;
    }

    @Override
    public void startUp() {
        server = runtime.start(RedisOptions.defaults());
    }

    @Override
    public void tearDown() {
        server.close();
    }
}
