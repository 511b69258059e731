package io.massivepipeline.job.snapshot;

import io.massivepipeline.sources.calendar.ExpiryDate;
import io.massivepipeline.sources.calendar.TradeDate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;

/**
 * Writes values and diffs as the contract has them: what stands before the rows is built, the rows
 * are put together from their texts. Not for several threads.
 */
final class SnapshotText {

    private static final int SCHEMA = 1;
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private final JsonFactory json = new JsonFactory();
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1 << 16);

    /** The last cut of an expiry whole. */
    byte[] value(ExpirySnapshot snapshot, long publishedAt) {
        begin(snapshot, publishedAt);
        rows(snapshot.rows().all());
        buffer.write('}');
        return buffer.toByteArray();
    }

    /**
     * The last cut of an expiry with the rows that changed.
     *
     * @param base the version before, 0 for none
     */
    byte[] diff(ExpirySnapshot snapshot, long publishedAt, long base, Rows.Changes changes) {
        begin(snapshot, publishedAt);
        rows(changes.changed());
        tail(base, changes.removed());
        return buffer.toByteArray();
    }

    private void begin(ExpirySnapshot snapshot, long publishedAt) {
        buffer.reset();
        try (JsonGenerator out = json.createGenerator(buffer)) {
            out.writeStartObject();
            head(snapshot, publishedAt, out);
            out.flush();
            append(",\"rows\":[");
            // The object is ended by hand, after the rows.
            out.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void head(ExpirySnapshot snapshot, long publishedAt, JsonGenerator out)
            throws IOException {
        LocalDate expiry = ExpiryDate.of(snapshot.stream().expiry());
        Listing listing = snapshot.listing();
        out.writeNumberField("schema", SCHEMA);
        out.writeNumberField("version", snapshot.cut());
        out.writeStringField("underlying", snapshot.stream().underlying());
        out.writeStringField("expiry", expiry.toString());
        out.writeNumberField("dte_days", daysUntil(expiry, snapshot.cut()));
        RowText.whole("dte_index", listing == null ? null : (Long) (long) listing.dteIndex(), out);
        out.writeStringField("trade_date", Integer.toString(tradeDate(snapshot)));
        out.writeNumberField("as_of", snapshot.cut());
        out.writeNumberField("published_at", publishedAt);
        spot(snapshot.spot(), out);
        if (listing == null) {
            out.writeNullField("atm");
            out.writeNullField("strike_step");
            out.writeNullField("range_points");
        } else {
            RowText.strike("atm", listing.atm(), out);
            RowText.strike("strike_step", listing.strikeStep(), out);
            out.writeNumberField("range_points", listing.rangePoints());
        }
        freshness(snapshot, out);
        totals(snapshot.totals(), out);
    }

    /** Calendar days in New York. */
    private static long daysUntil(LocalDate expiry, long instant) {
        return ChronoUnit.DAYS.between(
                LocalDate.ofInstant(Instant.ofEpochMilli(instant), NEW_YORK), expiry);
    }

    private static int tradeDate(ExpirySnapshot snapshot) {
        return snapshot.tradeDate() != 0 ? snapshot.tradeDate() : TradeDate.of(snapshot.cut());
    }

    private static void spot(SpotValue spot, JsonGenerator out) throws IOException {
        if (spot == null) {
            out.writeNullField("spot");
        } else {
            out.writeObjectFieldStart("spot");
            RowText.decimal("value", spot.value(), out);
            out.writeNumberField("ts_ms", spot.timestamp());
            out.writeEndObject();
        }
    }

    private static void freshness(ExpirySnapshot snapshot, JsonGenerator out) throws IOException {
        long trade = snapshot.newestTrade();
        SpotValue spot = snapshot.spot();
        Listing listing = snapshot.listing();
        out.writeObjectFieldStart("freshness");
        RowText.whole("trade_ts_ms", trade == ExpirySnapshot.NONE ? null : (Long) trade, out);
        RowText.whole("spot_ts_ms", spot == null ? null : (Long) spot.timestamp(), out);
        RowText.whole("chain_ts_ms", listing == null ? null : (Long) listing.polledAt(), out);
        out.writeEndObject();
    }

    private static void totals(SnapshotTotals totals, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("totals");
        out.writeNumberField("trades", totals.trades());
        out.writeNumberField("volume", totals.volume());
        out.writeNumberField("call_volume", totals.callVolume());
        out.writeNumberField("put_volume", totals.putVolume());
        RowText.decimal("premium", totals.premium(), out);
        out.writeEndObject();
    }

    private void rows(Collection<Row> rows) {
        boolean first = true;
        for (Row row : rows) {
            if (!first) {
                buffer.write(',');
            }
            first = false;
            buffer.writeBytes(row.text());
        }
        buffer.write(']');
    }

    private void tail(long base, List<RowKey> removed) {
        append(",\"base\":" + base + ",\"removed\":");
        try (JsonGenerator out = json.createGenerator(buffer)) {
            out.writeStartArray();
            for (RowKey key : removed) {
                out.writeStartObject();
                RowText.key(key, out);
                out.writeEndObject();
            }
            out.writeEndArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        buffer.write('}');
    }

    private void append(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            buffer.write(ascii.charAt(i));
        }
    }
}
