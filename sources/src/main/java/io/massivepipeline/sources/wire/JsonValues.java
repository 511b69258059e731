package io.massivepipeline.sources.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

import java.io.IOException;

/** The value at which a parser stands, read to its end. All of them keep the limit of numbers. */
final class JsonValues {

    private JsonValues() {}

    /**
     * A whole number from 0 to below {@code limit}.
     *
     * @return -1 if the value is anything else, which is then passed over
     */
    static long whole(JsonParser parser, JsonToken value, long limit) throws IOException {
        if (!value.isNumeric()) {
            skip(parser, value);
            return -1;
        }
        int length = numberLength(parser);
        return JsonNumber.whole(parser.getTextCharacters(), parser.getTextOffset(), length, limit);
    }

    /** The length of the number as it is written. */
    static int numberLength(JsonParser parser) throws IOException {
        int length = parser.getTextLength();
        if (length > JsonNumber.MAX_LENGTH) {
            throw new StreamConstraintsException("A number of " + length + " characters");
        }
        return length;
    }

    /** Passes over a value, however deep. */
    static void skip(JsonParser parser, JsonToken value) throws IOException {
        int depth = 0;
        JsonToken token = value;
        while (true) {
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token.isNumeric()) {
                numberLength(parser);
            } else {
                // Strings are read lazily; this one must be known to be whole.
                parser.finishToken();
            }
            if (depth == 0) {
                return;
            }
            token = parser.nextToken();
        }
    }
}
