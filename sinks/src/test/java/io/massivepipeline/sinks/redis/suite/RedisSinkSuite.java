package io.massivepipeline.sinks.redis.suite;

import io.massivepipeline.fixtures.redis.RedisRuntime;

import org.apache.flink.connector.testframe.environment.MiniClusterTestEnvironment;
import org.apache.flink.connector.testframe.junit.annotations.TestContext;
import org.apache.flink.connector.testframe.junit.annotations.TestEnv;
import org.apache.flink.connector.testframe.junit.annotations.TestExternalSystem;
import org.apache.flink.connector.testframe.junit.annotations.TestSemantics;
import org.apache.flink.connector.testframe.testsuites.SinkTestSuiteBase;
import org.apache.flink.core.execution.CheckpointingMode;

/** Flink's own tests for sinks: writing, savepoints, scaling up and down, metrics. */
abstract class RedisSinkSuite extends SinkTestSuiteBase<String> {

    @TestSemantics
    final CheckpointingMode[] semantics = new CheckpointingMode[] {CheckpointingMode.EXACTLY_ONCE};

    @TestEnv final MiniClusterTestEnvironment flink = new MiniClusterTestEnvironment();

    @TestExternalSystem final RedisUnderTest redis;

    @TestContext final RedisSinkContext.Factory contexts;

    RedisSinkSuite(RedisRuntime runtime) {
        redis = new RedisUnderTest(runtime);
        contexts = new RedisSinkContext.Factory(redis);
    }
}
