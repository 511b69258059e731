package io.massivepipeline.sources.wire;

import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.trade.ContractCache;
import io.massivepipeline.sources.trade.OptionContract;
import io.massivepipeline.sources.trade.OptionTrade;
import io.massivepipeline.sources.trade.Price;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.Arrays;

/**
 * The fields of the trade that is being read. A field that breaks its rule is marked and judged
 * when the object is complete, since a later one of the same name replaces it.
 */
final class TradeFields {

    /** The year 2000, Unix milliseconds; no feed is older. */
    static final long BEGIN_OF_TIME = 946_684_800_000L;

    /** The year 2100, Unix milliseconds. */
    static final long END_OF_TIME = 4_102_444_800_000L;

    /** How long after its reception a trade may have happened: clocks differ, but not by more. */
    static final long MAX_AHEAD = 60_000;

    private static final long INT_LIMIT = 1L << 31;
    private static final long SEQUENCE_LIMIT = 1L << 43;

    /** Breaks its rule; {@link OptionTrade#ABSENT} does not. */
    private static final int BAD = -2;

    private static final int USUAL_CONDITIONS = 16;

    private final ContractCache contracts = new ContractCache();
    private final OptionTrade.Builder builder = OptionTrade.builder();

    private OptionContract contract;
    private Price price;
    private long size;
    private long timestamp;
    private long exchange;
    private long sequence;
    private int[] conditions = new int[USUAL_CONDITIONS];
    private int conditionCount;

    void reset() {
        contract = null;
        price = null;
        size = BAD;
        timestamp = BAD;
        exchange = OptionTrade.ABSENT;
        sequence = OptionTrade.ABSENT;
        conditionCount = 0;
        if (conditions.length > USUAL_CONDITIONS) {
            conditions = new int[USUAL_CONDITIONS];
        }
    }

    void readSymbol(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            int length = parser.getTextLength();
            contract = contracts.get(parser.getTextCharacters(), parser.getTextOffset(), length);
        } else {
            contract = null;
            JsonValues.skip(parser, value);
        }
    }

    void readPrice(JsonParser parser, JsonToken value) throws IOException {
        if (value.isNumeric()) {
            int length = JsonValues.numberLength(parser);
            price = JsonNumber.price(parser.getTextCharacters(), parser.getTextOffset(), length);
        } else {
            price = null;
            JsonValues.skip(parser, value);
        }
    }

    void readSize(JsonParser parser, JsonToken value) throws IOException {
        size = JsonValues.whole(parser, value, INT_LIMIT);
    }

    void readTimestamp(JsonParser parser, JsonToken value) throws IOException {
        timestamp = JsonValues.whole(parser, value, END_OF_TIME);
    }

    void readExchange(JsonParser parser, JsonToken value) throws IOException {
        exchange = optional(parser, value, INT_LIMIT);
    }

    void readSequence(JsonParser parser, JsonToken value) throws IOException {
        sequence = optional(parser, value, SEQUENCE_LIMIT);
    }

    private static long optional(JsonParser parser, JsonToken value, long limit)
            throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return OptionTrade.ABSENT;
        }
        long number = JsonValues.whole(parser, value, limit);
        return number < 0 ? BAD : number;
    }

    void readConditions(JsonParser parser, JsonToken value) throws IOException {
        conditionCount = 0;
        if (value != JsonToken.START_ARRAY) {
            JsonValues.skip(parser, value);
            conditionCount = value == JsonToken.VALUE_NULL ? 0 : BAD;
            return;
        }
        JsonToken item = parser.nextToken();
        while (item != JsonToken.END_ARRAY) {
            addCondition(JsonValues.whole(parser, item, INT_LIMIT));
            item = parser.nextToken();
        }
    }

    private void addCondition(long id) {
        if (id < 0) {
            conditionCount = BAD;
        } else if (conditionCount >= 0) {
            if (conditionCount == conditions.length) {
                conditions = Arrays.copyOf(conditions, 2 * conditionCount);
            }
            conditions[conditionCount++] = (int) id;
        }
    }

    /** The first rule that the fields break, or null if they make a trade. */
    DeadLetterReason fault(long receivedAt) {
        if (contract == null) {
            return DeadLetterReason.SYM;
        }
        if (price == null) {
            return DeadLetterReason.P;
        }
        if (size <= 0) {
            return DeadLetterReason.S;
        }
        if (timestamp < BEGIN_OF_TIME) {
            return DeadLetterReason.T;
        }
        if (exchange == BAD) {
            return DeadLetterReason.X;
        }
        if (sequence == BAD) {
            return DeadLetterReason.Q;
        }
        if (conditionCount == BAD) {
            return DeadLetterReason.C;
        }
        boolean future = receivedAt != RawFrame.UNKNOWN && timestamp - MAX_AHEAD > receivedAt;
        return future ? DeadLetterReason.FUTURE : null;
    }

    /** The trade, which is judged now; there must be no {@link #fault}. */
    OptionTrade trade(Lateness lateness, long receivedAt) {
        long newest = lateness.newestOr(timestamp);
        boolean late = lateness.judge(timestamp, receivedAt);
        return builder.contract(contract)
                .price(price)
                .size((int) size)
                .timestamp(timestamp)
                .exchange((int) exchange)
                .sequence(sequence)
                .conditions(conditions, conditionCount)
                .arrival(late, newest)
                .build();
    }
}
