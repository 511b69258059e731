package io.massivepipeline.sinks.redis.suite;

import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.sinks.redis.RedisConnectionConfig;
import io.massivepipeline.sinks.redis.RedisSink;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.testframe.external.ExternalContextFactory;
import org.apache.flink.connector.testframe.external.ExternalSystemDataReader;
import org.apache.flink.connector.testframe.external.sink.DataStreamSinkV2ExternalContext;
import org.apache.flink.connector.testframe.external.sink.TestingSinkSettings;

import java.net.URL;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** What one of Flink's tests needs: records, a sink for them, and what came out of it. */
final class RedisSinkContext implements DataStreamSinkV2ExternalContext<String> {

    private static final int FEWEST = 200;
    private static final int MOST = 400;

    private final RedisServer server;
    private final String prefix = "records:" + UUID.randomUUID() + ":";

    private RedisSinkContext(RedisServer server) {
        this.server = server;
    }

    @Override
    public Sink<String> createSink(TestingSinkSettings settings) {
        return RedisSink.<String>builder()
                .setConnection(RedisConnectionConfig.of(server.uri()))
                .setConverter(new NumberedRecords(prefix))
                .build();
    }

    @Override
    public ExternalSystemDataReader<String> createSinkDataReader(TestingSinkSettings settings) {
        return new StreamsReader(server.connect(), prefix);
    }

    @Override
    public List<String> generateTestData(TestingSinkSettings settings, long seed) {
        Random random = new Random(seed);
        return IntStream.rangeClosed(1, FEWEST + random.nextInt(MOST - FEWEST))
                .mapToObj(number -> NumberedRecords.of(number, Long.toString(random.nextLong())))
                .toList();
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }

    @Override
    public List<URL> getConnectorJarPaths() {
        return List.of();
    }

    @Override
    public void close() {}

    /** Gives each test streams of its own. */
    static final class Factory implements ExternalContextFactory<RedisSinkContext> {

        private final RedisUnderTest redis;

        Factory(RedisUnderTest redis) {
            this.redis = redis;
        }

        @Override
        public RedisSinkContext createExternalContext(String testName) {
            return new RedisSinkContext(redis.server());
        }
    }
}
