package io.massivepipeline.job.output;

import io.massivepipeline.job.analytics.DayAnalytics;
import io.massivepipeline.job.analytics.TradeSums;

import java.util.HashMap;
import java.util.Map;

/** The fields that the hash of an expiry and that of an underlying share. */
final class DayFields {

    private DayFields() {}

    static Map<String, String> of(DayAnalytics day) {
        TradeSums sums = day.sums();
        Map<String, String> fields = new HashMap<>();
        fields.put("trades", Long.toString(sums.trades()));
        fields.put("volume", Long.toString(sums.volume()));
        fields.put("call_volume", Long.toString(sums.callVolume()));
        fields.put("put_volume", Long.toString(sums.putVolume()));
        fields.put("volume_late", Long.toString(sums.lateVolume()));
        fields.put("volume_cancelled", Long.toString(sums.cancelledVolume()));
        fields.put("premium", sums.premium().toPlainString());
        fields.put("bursts", Long.toString(sums.bursts()));
        fields.put("burst_max", Integer.toString(sums.burstMax()));
        RateFields.put(fields, day.rates());
        fields.put("contracts_active", Integer.toString(day.contractsActive()));
        fields.put("last_ts", Long.toString(sums.lastTimestamp()));
        fields.put("trade_date", Integer.toString(day.tradeDate()));
        return fields;
    }
}
