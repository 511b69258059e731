package io.massivepipeline.job.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON texts in UTF-8. */
final class JsonText {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /** One object with the fields that are written. */
    static byte[] object(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            content.write(json, new JsonFields(json));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can be written to", e);
        }
        return bytes.toByteArray();
    }

    /** Writes what is in an object. */
    @FunctionalInterface
    interface Content {
        void write(JsonGenerator json, JsonFields fields) throws IOException;
    }
}
