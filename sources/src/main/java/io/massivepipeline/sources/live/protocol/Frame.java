package io.massivepipeline.sources.live.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a frame means to the connection: the status messages in it, and whether it carries data. The
 * data itself is none of the protocol's business.
 *
 * @param statuses in the order of the frame
 * @param data whether there is an element that is no status message
 */
public record Frame(List<StatusMessage> statuses, boolean data) {

    private static final Frame DATA = new Frame(List.of(), true);
    private static final Frame NOTHING = new Frame(List.of(), false);

    /** Without its tables of names, which a hostile frame could fill. */
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

    private static final byte[] STATUS = "status".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "\"ev\"".getBytes(StandardCharsets.US_ASCII);

    /**
     * Reads a frame; of one that is cut off or no JSON, what stands before the fault counts. Frames
     * without a status message, nearly all, are not parsed.
     */
    public static Frame read(byte[] payload) {
        if (!contains(payload, STATUS)) {
            return contains(payload, EVENT) ? DATA : NOTHING;
        }
        List<StatusMessage> statuses = new ArrayList<>();
        boolean data = false;
        try (JsonParser json = JSON.createParser(payload)) {
            int depth = 0;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_ARRAY && depth == 0) {
                    depth++;
                } else if (token == JsonToken.START_OBJECT) {
                    StatusMessage status = element(json);
                    data |= status == null;
                    if (status != null) {
                        statuses.add(status);
                    }
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException e) {
            // A fault in a frame is for the parser of the feed to report, as a dead letter.
            return new Frame(List.copyOf(statuses), data);
        }
        return new Frame(List.copyOf(statuses), data);
    }

    /** The status message at whose brace the parser stands, or null if the element is none. */
    private static StatusMessage element(JsonParser json) throws IOException {
        String event = "";
        String status = "";
        String message = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_STRING) {
                switch (name) {
                    case "ev" -> event = json.getText();
                    case "status" -> status = json.getText();
                    case "message" -> message = json.getText();
                    default -> {}
                }
            } else {
                json.skipChildren();
            }
        }
        return event.equals("status") ? new StatusMessage(status, message) : null;
    }

    private static boolean contains(byte[] text, byte[] word) {
        int last = text.length - word.length;
        for (int i = 0; i <= last; i++) {
            if (text[i] == word[0] && matches(text, i, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] text, int at, byte[] word) {
        for (int j = 1; j < word.length; j++) {
            if (text[at + j] != word[j]) {
                return false;
            }
        }
        return true;
    }
}
