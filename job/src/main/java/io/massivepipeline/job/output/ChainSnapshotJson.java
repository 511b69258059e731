package io.massivepipeline.job.output;

import io.massivepipeline.job.context.ChainContext;
import io.massivepipeline.sources.calendar.ExpiryDate;
import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.trade.OptionRight;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;

/** A selection as JSON: {@code massive:chain:snapshot:*}. */
final class ChainSnapshotJson {

    private ChainSnapshotJson() {}

    static byte[] of(ChainContext context) {
        return JsonText.object(
                (json, fields) -> {
                    fields.number("ts_ms", context.at());
                    fields.text("underlying", context.stream().underlying());
                    fields.text("expiration", ExpiryDate.of(context.stream().expiry()).toString());
                    fields.number("dte_days", context.dteDays());
                    fields.number("dte_index", context.dteIndex());
                    fields.decimal("spot", context.spot());
                    fields.strike("atm", context.atm());
                    fields.number("range_points", context.rangePoints());
                    fields.strike("strike_step", context.strikeStep());
                    fields.strike("strike_min", context.strikeMin());
                    fields.strike("strike_max", context.strikeMax());
                    json.writeArrayFieldStart("contracts");
                    for (ChainContract contract : context.contracts()) {
                        write(contract, json, fields);
                    }
                    json.writeEndArray();
                });
    }

    private static void write(ChainContract contract, JsonGenerator json, JsonFields fields)
            throws IOException {
        json.writeStartObject();
        fields.text("ticker", contract.ticker());
        fields.text("root", contract.root());
        fields.text("right", contract.right() == OptionRight.CALL ? "C" : "P");
        fields.strike("strike", contract.strike());
        fields.number("shares_per_contract", contract.sharesPerContract());
        fields.decimal("bid", contract.bid());
        fields.decimal("ask", contract.ask());
        fields.decimal("mid", contract.mid());
        fields.number("quote_ts_ms", contract.quotedAt());
        fields.decimal("last", contract.last());
        fields.number("last_ts_ms", contract.lastAt());
        fields.decimal("iv", contract.iv());
        fields.decimal("delta", contract.delta());
        fields.decimal("gamma", contract.gamma());
        fields.decimal("theta", contract.theta());
        fields.decimal("vega", contract.vega());
        fields.number("open_interest", contract.openInterest());
        fields.number("day_volume", contract.dayVolume());
        json.writeEndObject();
    }
}
