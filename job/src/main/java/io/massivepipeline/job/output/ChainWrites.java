package io.massivepipeline.job.output;

import io.massivepipeline.job.context.ChainContext;
import io.massivepipeline.job.context.ChainSelection;
import io.massivepipeline.job.context.ExpirySelection;
import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sinks.redis.Publish;
import io.massivepipeline.sinks.redis.PutHash;
import io.massivepipeline.sinks.redis.PutString;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;
import io.massivepipeline.sinks.redis.ReplaceSet;
import io.massivepipeline.sinks.redis.WriteGroup;
import io.massivepipeline.sources.calendar.ExpiryDate;
import io.massivepipeline.sources.poll.chain.ChainContract;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Selections to {@code massive:chain:*} and {@code massive:ws:params:*}: of each expiry a group
 * that leaves no pointer without its snapshot and no parameters of half a chain, then the index
 * that says which parameters there are, then the messages about those that changed.
 *
 * <p>All groups are ordered by one key: they share the index, and each begins with a snapshot whose
 * name is new.
 */
final class ChainWrites implements RedisWriteConverter<ChainSelection> {

    private static final Logger LOG = LoggerFactory.getLogger(ChainWrites.class);
    private static final long serialVersionUID = 1L;

    /** How many intervals of polls a snapshot outlives. */
    private static final int INTERVALS_KEPT = 10;

    private static final Duration POINTER_KEPT = Duration.ofDays(3);
    private static final String CHANNEL_PREFIX = "T.";

    private final long snapshotKeptMs;
    private final Retention retention;
    private final Clock clock;
    private final boolean live;

    /**
     * @param chainInterval from one poll of a chain to the next
     * @param retention of parameters and contracts
     * @param clock for the expiry of snapshots; serializable, as the JDK's are
     * @param live whether updates are news; those of a replay come by the hundred
     */
    ChainWrites(Duration chainInterval, Retention retention, Clock clock, boolean live) {
        this.snapshotKeptMs = chainInterval.multipliedBy(INTERVALS_KEPT).toMillis();
        this.retention = retention;
        this.clock = clock;
        this.live = live;
    }

    @Override
    public void convert(ChainSelection selection, Consumer<RedisWrite> out) {
        List<RedisWrite> behind = new ArrayList<>();
        if (selection.index() != null) {
            Map<String, String> index = new HashMap<>();
            selection.index().forEach((stream, date) -> index.put(stream, date.toString()));
            behind.add(PutHash.of(RedisKeys.PARAMS_INDEX, index).replacing());
        }
        for (ExpirySelection expiry : selection.expiries()) {
            out.accept(group(writes(expiry)));
            if (expiry.contractsChanged()) {
                String params = RedisKeys.params(expiry.context().stream());
                behind.add(Publish.of(RedisKeys.PARAMS_UPDATED, params));
                log(expiry.context());
            }
        }
        if (!behind.isEmpty()) {
            out.accept(group(behind));
        }
    }

    private static WriteGroup group(List<RedisWrite> writes) {
        return WriteGroup.of(writes).orderedBy(RedisKeys.PARAMS_INDEX);
    }

    private List<RedisWrite> writes(ExpirySelection expiry) {
        ChainContext context = expiry.context();
        StreamKey stream = context.stream();
        List<RedisWrite> writes = new ArrayList<>();
        String snapshot = RedisKeys.chainSnapshot(stream, context.at());
        long now = clock.millis();
        writes.add(
                PutString.of(snapshot, ChainSnapshotJson.of(context))
                        .expireAt(now + snapshotKeptMs));
        writes.add(
                PutString.of(RedisKeys.chainLatest(stream), snapshot)
                        .expireAt(now + POINTER_KEPT.toMillis()));
        if (expiry.contractsChanged()) {
            List<String> tickers =
                    context.contracts().stream().map(ChainContract::ticker).sorted().toList();
            long expireAt = retention.expireAt(stream.expiry());
            writes.add(ReplaceSet.of(RedisKeys.chainContracts(stream), tickers).expireAt(expireAt));
            writes.add(
                    PutString.of(RedisKeys.params(stream), channels(tickers)).expireAt(expireAt));
        }
        return writes;
    }

    private static String channels(List<String> tickers) {
        return tickers.stream()
                .map(ticker -> CHANNEL_PREFIX + ticker)
                .collect(Collectors.joining(","));
    }

    private void log(ChainContext context) {
        StreamKey stream = context.stream();
        String date = ExpiryDate.of(stream.expiry()).toString();
        int contracts = context.contracts().size();
        say("CHAIN updated {} {} ({} contracts)", stream.underlying(), date, contracts);
        say("WS params updated for {} {} ({} channels)", stream.underlying(), date, contracts);
    }

    private void say(String line, Object... values) {
        if (live) {
            LOG.info(line, values);
        } else {
            LOG.debug(line, values);
        }
    }
}
