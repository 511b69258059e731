package io.massivepipeline.sinks.redis.suite;

import io.massivepipeline.fixtures.redis.RedisRuntime;

/** On the oldest Redis that the sink supports. */
class EmbeddedRedisSinkSuiteITCase extends RedisSinkSuite {

    EmbeddedRedisSinkSuiteITCase() {
        super(RedisRuntime.EMBEDDED);
    }
}
