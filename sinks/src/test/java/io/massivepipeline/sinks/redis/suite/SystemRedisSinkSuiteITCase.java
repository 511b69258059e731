package io.massivepipeline.sinks.redis.suite;

import io.massivepipeline.fixtures.redis.RedisRuntime;

import org.junit.jupiter.api.condition.EnabledIf;

/** On the machine's own Redis, if it has one. */
@EnabledIf(
        value = "io.massivepipeline.fixtures.redis.RedisServers#systemAvailable",
        disabledReason = "there is no redis-server on the PATH")
class SystemRedisSinkSuiteITCase extends RedisSinkSuite {

    SystemRedisSinkSuiteITCase() {
        super(RedisRuntime.SYSTEM);
    }
}
