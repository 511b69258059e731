package io.massivepipeline.job.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;

/** Writes rows as the contract has them. Not for several threads. */
final class RowText {

    private static final int THOUSAND = 1000;
    private static final int STRIKE_DECIMALS = 3;

    private final JsonFactory json = new JsonFactory();
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);

    byte[] write(Row row) {
        buffer.reset();
        try (JsonGenerator out = json.createGenerator(buffer)) {
            out.writeStartObject();
            key(row.key(), out);
            leg("call", row.call(), out);
            leg("put", row.put(), out);
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return buffer.toByteArray();
    }

    static void key(RowKey key, JsonGenerator out) throws IOException {
        out.writeStringField("root", key.root());
        strike("strike", key.strike(), out);
    }

    private static void leg(String name, Leg leg, JsonGenerator out) throws IOException {
        if (leg == null) {
            out.writeNullField(name);
            return;
        }
        out.writeObjectFieldStart(name);
        out.writeStringField("contract", leg.ticker());
        LastTrade last = leg.last();
        if (last.isPresent()) {
            out.writeFieldName("last");
            out.writeNumber(last.price().toString());
            out.writeNumberField("last_size", last.size());
            out.writeNumberField("last_ts_ms", last.timestamp());
        } else {
            out.writeNullField("last");
            out.writeNullField("last_size");
            out.writeNullField("last_ts_ms");
        }
        out.writeNumberField("trades", leg.trades());
        out.writeNumberField("volume", leg.volume());
        decimal("premium", leg.premium(), out);
        decimal("vwap", leg.vwap(), out);
        out.writeNumberField("volume_60s", leg.recentVolume());
        quote(leg.quote(), out);
        out.writeEndObject();
    }

    private static void quote(Quote quote, JsonGenerator out) throws IOException {
        decimal("bid", quote == null ? null : quote.bid(), out);
        decimal("ask", quote == null ? null : quote.ask(), out);
        decimal("mid", quote == null ? null : quote.mid(), out);
        whole("quote_ts_ms", quote == null ? null : quote.quotedAt(), out);
        real("iv", quote == null ? null : quote.iv(), out);
        real("delta", quote == null ? null : quote.delta(), out);
        real("gamma", quote == null ? null : quote.gamma(), out);
        whole("open_interest", quote == null ? null : quote.openInterest(), out);
    }

    /** A whole number or null. */
    static void whole(String name, Long value, JsonGenerator out) throws IOException {
        if (value == null) {
            out.writeNullField(name);
        } else {
            out.writeNumberField(name, value);
        }
    }

    /** A decimal in its shortest plain form, or null. */
    static void decimal(String name, BigDecimal value, JsonGenerator out) throws IOException {
        if (value == null) {
            out.writeNullField(name);
        } else {
            out.writeFieldName(name);
            out.writeNumber(value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
        }
    }

    private static void real(String name, Double value, JsonGenerator out) throws IOException {
        boolean isNumber = value != null && Double.isFinite(value);
        String text = isNumber ? Double.toString(value) : "";
        if (isNumber && text.indexOf('E') < 0 && !text.endsWith("0")) {
            // Plain and short already, as most are.
            out.writeFieldName(name);
            out.writeNumber(text);
        } else {
            decimal(name, isNumber ? new BigDecimal(text) : null, out);
        }
    }

    /** Thousandths of a dollar as dollars. */
    static void strike(String name, long thousandths, JsonGenerator out) throws IOException {
        if (thousandths % THOUSAND == 0) {
            out.writeNumberField(name, thousandths / THOUSAND);
        } else {
            decimal(name, BigDecimal.valueOf(thousandths, STRIKE_DECIMALS), out);
        }
    }
}
