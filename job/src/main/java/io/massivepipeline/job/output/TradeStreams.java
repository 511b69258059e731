package io.massivepipeline.job.output;

import io.massivepipeline.job.options.PipelineSettings.TradeStreamSettings;
import io.massivepipeline.job.structure.IdentifiedTrade;
import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.job.structure.TradeBatch;
import io.massivepipeline.sinks.redis.PassedIds;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;
import io.massivepipeline.sinks.redis.StreamAppend;
import io.massivepipeline.sinks.redis.StreamAppendBuilder;
import io.massivepipeline.sources.trade.OptionContract;
import io.massivepipeline.sources.trade.OptionTrade;
import io.massivepipeline.sources.trade.Price;

import org.apache.flink.api.connector.sink2.WriterInitContext;

import java.time.Clock;
import java.util.function.Consumer;

/** Batches of trades to entries of {@code massive:trades:{U}:{E}}. */
final class TradeStreams implements RedisWriteConverter<TradeBatch> {

    private static final long serialVersionUID = 1L;

    private static final String[] FIELDS = {
        "contract", "price", "size", "ts", "side", "exchange", "conditions", "q", "report"
    };

    /** The aggressor's side, which the feed does not tell. */
    private static final String SIDE_UNKNOWN = "U";

    private final TradeStreamSettings settings;
    private final Retention retention;
    private transient StreamBuilders builders;
    private transient byte[] ticker;

    TradeStreams(TradeStreamSettings settings, Clock clock) {
        this.settings = settings;
        this.retention = new Retention(settings.retention(), clock);
    }

    @Override
    public void open(WriterInitContext context) {
        builders = new StreamBuilders(this::start);
        ticker = new byte[OptionContract.LONGEST_TICKER];
    }

    private StreamAppendBuilder start(StreamKey stream) {
        return StreamAppend.to(RedisKeys.trades(stream), FIELDS)
                .maxLength(settings.maxLength())
                .onPassed(PassedIds.APPEND_LATE)
                .lateField("late_of")
                .companion(RedisKeys.LATE_PREFIX);
    }

    @Override
    public void convert(TradeBatch batch, Consumer<RedisWrite> out) {
        if (batch.trades().isEmpty()
                || !settings.underlyings().accepts(batch.stream().underlying())) {
            return;
        }
        StreamAppendBuilder append =
                builders.of(batch.stream()).expireAt(retention.expireAt(batch.stream().expiry()));
        for (IdentifiedTrade identified : batch.trades()) {
            add(identified, append);
        }
        out.accept(append.build());
    }

    /** Adds the values in the order of the fields; numbers become digits without becoming text. */
    private void add(IdentifiedTrade identified, StreamAppendBuilder append) {
        OptionTrade trade = identified.trade();
        append.entry(trade.timestamp(), identified.entrySequence());
        append.value(ticker, 0, trade.contract().writeTicker(ticker, 0));
        addPrice(trade.price(), append);
        append.value(trade.size());
        append.value(trade.timestamp());
        append.value(SIDE_UNKNOWN);
        addOptional(trade.exchange(), append);
        append.value(trade.conditionsText());
        addOptional(trade.sequence(), append);
        append.value(trade.report().text());
    }

    private static void addPrice(Price price, StreamAppendBuilder append) {
        if (price.isCompact()) {
            append.value(price.unscaled(), price.scale());
        } else {
            append.value(price.toString());
        }
    }

    private static void addOptional(long number, StreamAppendBuilder append) {
        if (number == OptionTrade.ABSENT) {
            append.value("");
        } else {
            append.value(number);
        }
    }
}
