package io.massivepipeline.job.output;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.math.BigDecimal;

/** Writes fields of a JSON object, of which any may be null. */
final class JsonFields {

    private final JsonGenerator json;

    JsonFields(JsonGenerator json) {
        this.json = json;
    }

    void text(String name, String value) throws IOException {
        json.writeStringField(name, value);
    }

    void number(String name, long value) throws IOException {
        json.writeNumberField(name, value);
    }

    void number(String name, Number value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value.longValue());
        }
    }

    void decimal(String name, BigDecimal value) throws IOException {
        plain(name, value == null ? null : PlainNumber.of(value));
    }

    /** What is no number is unknown. */
    void decimal(String name, Double value) throws IOException {
        plain(name, value == null || !Double.isFinite(value) ? null : PlainNumber.of(value));
    }

    void strike(String name, long thousandths) throws IOException {
        plain(name, PlainNumber.ofThousandths(thousandths));
    }

    private void plain(String name, String number) throws IOException {
        json.writeFieldName(name);
        if (number == null) {
            json.writeNull();
        } else {
            json.writeNumber(number);
        }
    }
}
