package io.massivepipeline.job.subscription;

import io.massivepipeline.job.output.RedisKeys;
import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sources.trade.OptionContract;

import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the parameters of subscriptions from Redis, by their index. Blocks. */
final class ParamsReader {

    private static final Logger LOG = LoggerFactory.getLogger(ParamsReader.class);
    private static final String CHANNEL_PREFIX = "T.";

    private final Set<String> underlyings;

    /**
     * @param underlyings whose parameters are read
     */
    ParamsReader(Set<String> underlyings) {
        this.underlyings = underlyings;
    }

    /** All that stand. An entry of the index whose parameters have expired is passed over. */
    List<Params> read(RedisClusterCommands<String, String> redis) {
        List<Params> standing = new ArrayList<>();
        for (Map.Entry<String, String> entry :
                new TreeMap<>(redis.hgetall(RedisKeys.PARAMS_INDEX)).entrySet()) {
            entry(entry.getKey(), entry.getValue())
                    .filter(found -> underlyings.contains(found.stream().underlying()))
                    .map(found -> with(found, redis.get(RedisKeys.params(found.stream()))))
                    .filter(params -> !params.contracts().isEmpty())
                    .ifPresent(standing::add);
        }
        return standing;
    }

    private static Optional<Params> entry(String stream, String tradeDate) {
        try {
            return Optional.of(
                    new Params(StreamKey.parse(stream), Integer.parseInt(tradeDate), List.of()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException foreign) {
            LOG.warn("No entry of ours in {}: {}", RedisKeys.PARAMS_INDEX, stream);
            return Optional.empty();
        }
    }

    private static Params with(Params entry, String channels) {
        List<OptionContract> contracts =
                channels == null
                        ? List.of()
                        : Arrays.stream(channels.split(","))
                                .filter(channel -> channel.startsWith(CHANNEL_PREFIX))
                                .map(channel -> channel.substring(CHANNEL_PREFIX.length()))
                                .map(OptionContract::parse)
                                .flatMap(Optional::stream)
                                .toList();
        return new Params(entry.stream(), entry.tradeDate(), contracts);
    }

    /** The channel of a contract's trades. */
    static String channel(OptionContract contract) {
        return CHANNEL_PREFIX + contract.ticker();
    }
}
