package io.massivepipeline.sources.poll.capture;

import io.massivepipeline.sources.calendar.ExpiryDate;
import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.poll.chain.ChainPoll;
import io.massivepipeline.sources.poll.spot.SpotPoll;
import io.massivepipeline.sources.poll.spot.SpotPrice;
import io.massivepipeline.sources.trade.OptionRight;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;

/**
 * Writes an answer as one line of JSON, without its time. The names are those of the provider where
 * it has one; what is not known is null.
 */
public final class AnswerWriter {

    private static final int STRIKE_DECIMALS = 3;

    private final JsonFactory json = new JsonFactory();

    /** The answer in UTF-8, without a line break. */
    public byte[] write(ContextAnswer answer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(answer, bytes);
        return bytes.toByteArray();
    }

    /** Writes the same to a stream, which is not closed. */
    public void write(ContextAnswer answer, OutputStream target) throws IOException {
        try (JsonGenerator out = json.createGenerator(target)) {
            out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            // Decimals are plain: 6870, never 6.87E+3.
            out.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
            out.writeStartObject();
            if (answer.spot() != null) {
                write(answer.spot(), out);
            } else {
                write(answer.chain(), out);
            }
            out.writeEndObject();
        }
    }

    private static void write(SpotPoll spot, JsonGenerator out) throws IOException {
        out.writeStringField("kind", "spot");
        out.writeArrayFieldStart("prices");
        for (SpotPrice price : spot.prices()) {
            out.writeStartObject();
            out.writeStringField("symbol", price.symbol());
            out.writeStringField("api_symbol", price.apiSymbol());
            out.writeNumberField("value", price.value());
            whole("volume", price.volume(), out);
            out.writeNumberField("ts_ms", price.timestamp());
            out.writeStringField("market_status", price.marketStatus());
            out.writeStringField("timeframe", price.timeframe());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void write(ChainPoll chain, JsonGenerator out) throws IOException {
        out.writeStringField("kind", "chain");
        out.writeStringField("underlying", chain.underlying());
        out.writeArrayFieldStart("expiries");
        for (int expiry : chain.expiries()) {
            out.writeString(ExpiryDate.of(expiry).toString());
        }
        out.writeEndArray();
        out.writeArrayFieldStart("contracts");
        for (ChainContract contract : chain.contracts()) {
            write(contract, out);
        }
        out.writeEndArray();
    }

    private static void write(ChainContract contract, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("ticker", contract.ticker());
        out.writeStringField("expiration", ExpiryDate.of(contract.expiry()).toString());
        out.writeStringField("root", contract.root());
        out.writeStringField("right", contract.right() == OptionRight.CALL ? "C" : "P");
        out.writeNumberField(
                "strike", shortest(BigDecimal.valueOf(contract.strike(), STRIKE_DECIMALS)));
        if (contract.sharesPerContract() == null) {
            out.writeNullField("shares_per_contract");
        } else {
            out.writeNumberField("shares_per_contract", contract.sharesPerContract());
        }
        decimal("bid", contract.bid(), out);
        decimal("ask", contract.ask(), out);
        decimal("mid", contract.mid(), out);
        whole("quote_ts_ms", contract.quotedAt(), out);
        decimal("last", contract.last(), out);
        whole("last_ts_ms", contract.lastAt(), out);
        real("iv", contract.iv(), out);
        real("delta", contract.delta(), out);
        real("gamma", contract.gamma(), out);
        real("theta", contract.theta(), out);
        real("vega", contract.vega(), out);
        whole("open_interest", contract.openInterest(), out);
        whole("day_volume", contract.dayVolume(), out);
        out.writeEndObject();
    }

    private static BigDecimal shortest(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static void decimal(String name, BigDecimal value, JsonGenerator out)
            throws IOException {
        if (value == null) {
            out.writeNullField(name);
        } else {
            out.writeNumberField(name, value);
        }
    }

    private static void whole(String name, Long value, JsonGenerator out) throws IOException {
        if (value == null) {
            out.writeNullField(name);
        } else {
            out.writeNumberField(name, value);
        }
    }

    private static void real(String name, Double value, JsonGenerator out) throws IOException {
        decimal(name, value == null ? null : BigDecimal.valueOf(value), out);
    }
}
