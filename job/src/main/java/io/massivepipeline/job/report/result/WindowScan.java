package io.massivepipeline.job.report.result;

import io.massivepipeline.job.output.RedisKeys;
import io.massivepipeline.job.structure.StreamKey;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;

import java.util.List;
import java.util.Map;

/** Goes over the one-second windows of an underlying and expiry, in pages. */
final class WindowScan {

    private static final int PAGE = 5000;
    private static final long SECOND = 1000;

    private final RedisClusterCommands<String, String> redis;

    WindowScan(RedisClusterCommands<String, String> redis) {
        this.redis = redis;
    }

    /** What is done with a window. */
    interface Visitor {

        /**
         * @param key underlying and expiry
         * @param second start of the window, Unix milliseconds
         * @param fields by the names of the contract
         */
        void visit(String key, long second, Map<String, String> fields);
    }

    void forEach(String key, Visitor visitor) {
        String stream = RedisKeys.windows(StreamKey.parse(key));
        Range<String> rest = Range.unbounded();
        List<StreamMessage<String, String>> page;
        do {
            page = redis.xrange(stream, rest, Limit.from(PAGE));
            for (StreamMessage<String, String> window : page) {
                long end = timestamp(window.getId());
                visitor.visit(key, end - SECOND, window.getBody());
                rest = Range.from(Boundary.excluding(window.getId()), Boundary.unbounded());
            }
        } while (page.size() == PAGE);
    }

    private static long timestamp(String id) {
        return Long.parseLong(id.substring(0, id.indexOf('-')));
    }
}
