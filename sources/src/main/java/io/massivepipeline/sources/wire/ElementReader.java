package io.massivepipeline.sources.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;

import java.io.IOException;

/**
 * Reads one object of a frame. Names are expected in the order in which the provider writes them,
 * which saves looking them up; any other order is as good.
 */
final class ElementReader {

    /** What the event type says. */
    enum Kind {
        NONE,
        TRADE,
        STATUS,
        OTHER
    }

    private static final SerializableString[] USUAL_ORDER = {
        new SerializedString("ev"),
        new SerializedString("sym"),
        new SerializedString("x"),
        new SerializedString("p"),
        new SerializedString("s"),
        new SerializedString("c"),
        new SerializedString("t"),
        new SerializedString("q")
    };

    private static final int EV = 0;
    private static final int SYM = 1;
    private static final int X = 2;
    private static final int P = 3;
    private static final int S = 4;
    private static final int C = 5;
    private static final int T = 6;
    private static final int Q = 7;
    private static final int STATUS = 8;
    private static final int MESSAGE = 9;
    private static final int UNKNOWN = 10;

    private final TradeFields fields = new TradeFields();
    private Kind kind;
    private String status;
    private String message;

    /**
     * Reads from the begin of an object, at which the parser stands, to its end.
     *
     * @throws com.fasterxml.jackson.core.JacksonException if there is a fault before it
     */
    void read(JsonParser parser) throws IOException {
        kind = Kind.NONE;
        status = "";
        message = "";
        fields.reset();
        int expected = EV;
        while (true) {
            int field;
            if (expected < USUAL_ORDER.length && parser.nextFieldName(USUAL_ORDER[expected])) {
                field = expected;
            } else {
                if (expected >= USUAL_ORDER.length) {
                    parser.nextToken();
                }
                if (parser.currentToken() == JsonToken.END_OBJECT) {
                    return;
                }
                field = field(parser.currentName());
            }
            expected = field + 1;
            readValue(field, parser, parser.nextToken());
        }
    }

    private static int field(String name) {
        return switch (name) {
            case "ev" -> EV;
            case "sym" -> SYM;
            case "x" -> X;
            case "p" -> P;
            case "s" -> S;
            case "c" -> C;
            case "t" -> T;
            case "q" -> Q;
            case "status" -> STATUS;
            case "message" -> MESSAGE;
            default -> UNKNOWN;
        };
    }

    private void readValue(int field, JsonParser parser, JsonToken value) throws IOException {
        switch (field) {
            case EV -> kind = readKind(parser, value);
            case SYM -> fields.readSymbol(parser, value);
            case X -> fields.readExchange(parser, value);
            case P -> fields.readPrice(parser, value);
            case S -> fields.readSize(parser, value);
            case C -> fields.readConditions(parser, value);
            case T -> fields.readTimestamp(parser, value);
            case Q -> fields.readSequence(parser, value);
            case STATUS -> status = readText(parser, value);
            case MESSAGE -> message = readText(parser, value);
            default -> JsonValues.skip(parser, value);
        }
    }

    private static Kind readKind(JsonParser parser, JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_STRING) {
            JsonValues.skip(parser, value);
            return Kind.NONE;
        }
        int length = parser.getTextLength();
        if (length == 1) {
            char only = parser.getTextCharacters()[parser.getTextOffset()];
            return only == 'T' ? Kind.TRADE : Kind.OTHER;
        }
        return parser.getText().equals("status") ? Kind.STATUS : Kind.OTHER;
    }

    private static String readText(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        JsonValues.skip(parser, value);
        return "";
    }

    Kind kind() {
        return kind;
    }

    /** The fields of the trade, if it is one. */
    TradeFields fields() {
        return fields;
    }

    /** The field of that name, empty if it is no text. */
    String status() {
        return status;
    }

    /** The field of that name, empty if it is no text. */
    String message() {
        return message;
    }
}
