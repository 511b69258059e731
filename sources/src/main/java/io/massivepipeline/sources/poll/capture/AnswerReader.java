package io.massivepipeline.sources.poll.capture;

import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.poll.chain.ChainPoll;
import io.massivepipeline.sources.poll.json.Leaf;
import io.massivepipeline.sources.poll.spot.SpotPoll;
import io.massivepipeline.sources.poll.spot.SpotPrice;
import io.massivepipeline.sources.trade.OptionContract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads what {@link AnswerWriter} writes. Strict about what an answer is, as half an answer is
 * none; lenient about leaves, each of which may be missing. A chain of 20 000 contracts is read
 * contract by contract.
 */
public final class AnswerReader {

    private final ObjectMapper mapper = Leaf.mapper();

    /**
     * Reads an answer.
     *
     * @param at when it came, Unix milliseconds
     * @throws IOException if it is none; the message says what is wrong
     */
    public ContextAnswer read(long at, byte[] answer) throws IOException {
        try {
            return fields(answer).answer(at);
        } catch (JsonProcessingException noJson) {
            throw new IOException(noJson.getOriginalMessage(), noJson);
        }
    }

    private Fields fields(byte[] answer) throws IOException {
        Fields fields = new Fields();
        try (JsonParser parser = mapper.createParser(answer)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object");
            }
            for (String name = parser.nextFieldName();
                    name != null;
                    name = parser.nextFieldName()) {
                fields.read(name, parser);
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw new IOException("not one object");
            }
        }
        return fields;
    }

    private final class Fields {

        private String kind;
        private String underlying;
        private List<Integer> expiries;
        private List<SpotPrice> prices;
        private List<ChainContract> contracts;

        void read(String name, JsonParser parser) throws IOException {
            parser.nextToken();
            switch (name) {
                case "kind" -> kind = parser.getText();
                case "underlying" -> underlying = parser.getText();
                case "expiries" -> expiries = items(parser, AnswerReader::expiry);
                case "prices" -> prices = items(parser, AnswerReader::price);
                case "contracts" -> contracts = items(parser, AnswerReader::contract);
                default -> parser.skipChildren();
            }
        }

        ContextAnswer answer(long at) throws IOException {
            if ("spot".equals(kind) && prices != null) {
                return ContextAnswer.of(new SpotPoll(at, prices));
            }
            if ("chain".equals(kind)
                    && underlying != null
                    && expiries != null
                    && contracts != null) {
                return ContextAnswer.of(
                        new ChainPoll(
                                at,
                                underlying,
                                expiries.stream().sorted(Comparator.naturalOrder()).toList(),
                                contracts));
            }
            throw new IOException("neither prices nor a whole chain");
        }
    }

    private <T> List<T> items(JsonParser parser, Item<T> item) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new IOException("no list where there should be one");
        }
        List<T> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonNode node = mapper.readTree(parser);
            items.add(item.read(node));
        }
        return items;
    }

    private interface Item<T> {
        T read(JsonNode node) throws IOException;
    }

    private static Integer expiry(JsonNode node) throws IOException {
        try {
            LocalDate date = LocalDate.parse(node.asText());
            return date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();
        } catch (DateTimeException noDate) {
            throw new IOException("no expiry: " + node, noDate);
        }
    }

    private static SpotPrice price(JsonNode node) throws IOException {
        String symbol = Leaf.text(node, "symbol");
        String apiSymbol = Leaf.text(node, "api_symbol");
        BigDecimal value = Leaf.decimal(node, "value");
        Long timestamp = Leaf.time(node, "ts_ms");
        if (symbol == null || apiSymbol == null || value == null || timestamp == null) {
            throw new IOException("a price without symbol, value or time");
        }
        return new SpotPrice(
                symbol,
                apiSymbol,
                value,
                Leaf.whole(node, "volume"),
                timestamp,
                Leaf.text(node, "market_status"),
                Leaf.text(node, "timeframe"));
    }

    /** What the ticker says is taken from there. */
    private static ChainContract contract(JsonNode node) throws IOException {
        String ticker = Leaf.text(node, "ticker");
        OptionContract contract = ticker == null ? null : OptionContract.parse(ticker).orElse(null);
        if (contract == null) {
            throw new IOException("a contract with the ticker " + ticker);
        }
        return new ChainContract(
                contract.ticker(),
                contract.root(),
                contract.right(),
                contract.expiry(),
                contract.strikeThousandths(),
                Leaf.small(node, "shares_per_contract"),
                Leaf.decimal(node, "bid"),
                Leaf.decimal(node, "ask"),
                Leaf.decimal(node, "mid"),
                Leaf.time(node, "quote_ts_ms"),
                Leaf.decimal(node, "last"),
                Leaf.time(node, "last_ts_ms"),
                Leaf.real(node, "iv"),
                Leaf.real(node, "delta"),
                Leaf.real(node, "gamma"),
                Leaf.real(node, "theta"),
                Leaf.real(node, "vega"),
                Leaf.whole(node, "open_interest"),
                Leaf.whole(node, "day_volume"));
    }
}
