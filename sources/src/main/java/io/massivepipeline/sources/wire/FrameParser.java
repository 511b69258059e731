package io.massivepipeline.sources.wire;

import io.massivepipeline.sources.feed.RawFrame;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Reads frames: strict UTF-8 JSON, an array of elements or one bare object. Each element is told to
 * a {@link FrameListener} as soon as it is complete; from a fault on, the rest of the frame is one
 * dead letter. Not for several threads.
 */
public final class FrameParser {

    /** Arrays and objects inside one another, the frame's own array included. */
    private static final int MAX_NESTING = 500;

    private final JsonFactory json =
            JsonFactory.builder()
                    // Names of any length and number are valid, and none of them is kept for good.
                    .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_NESTING)
                                    .maxNumberLength(JsonNumber.MAX_LENGTH)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();
    private final ElementReader element = new ElementReader();
    private final FrameListener listener;
    private final Lateness lateness;

    /**
     * @param listener told of everything that stands in a frame
     * @param lateness judges each trade, and is told of frames; the caller tells it of ticks
     */
    public FrameParser(FrameListener listener, Lateness lateness) {
        this.listener = Objects.requireNonNull(listener, "listener");
        this.lateness = Objects.requireNonNull(lateness, "lateness");
    }

    public void parse(RawFrame frame) {
        lateness.frame(frame.receivedAt());
        FrameText text = new FrameText(frame, Utf8.validPrefix(frame.payload()));
        if (text.isBlank()) {
            return;
        }
        boolean whole = false;
        if (text.opens('[') || text.opens('{')) {
            byte[] bytes = Surrogates.replace(frame.payload(), text.valid());
            try (JsonParser parser = json.createParser(bytes, 0, text.valid())) {
                whole = readElements(parser, text);
            } catch (JacksonException fault) {
                whole = false;
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
        if (!whole) {
            listener.deadLetter(text.rest());
        }
    }

    /** Whether the frame is without a fault. */
    private boolean readElements(JsonParser parser, FrameText text) throws IOException {
        if (parser.nextToken() == JsonToken.START_OBJECT) {
            readObject(parser, text);
            return text.isComplete();
        }
        text.read(parser);
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            if (token == JsonToken.START_OBJECT) {
                readObject(parser, text);
            } else {
                JsonValues.skip(parser, token);
                if (!text.isDelimitedAt(parser)) {
                    return false;
                }
                text.read(parser);
                listener.deadLetter(text.element(DeadLetterReason.ELEMENT));
            }
            token = parser.nextToken();
        }
        text.read(parser);
        return text.isComplete();
    }

    private void readObject(JsonParser parser, FrameText text) throws IOException {
        element.read(parser);
        text.read(parser);
        switch (element.kind()) {
            case TRADE -> trade(text);
            case STATUS -> listener.status(text.status(element.status(), element.message()));
            case OTHER -> listener.other();
            default -> listener.deadLetter(text.element(DeadLetterReason.EV));
        }
    }

    private void trade(FrameText text) {
        TradeFields fields = element.fields();
        DeadLetterReason fault = fields.fault(text.receivedAt());
        if (fault == null) {
            listener.trade(fields.trade(lateness, text.receivedAt()));
        } else {
            listener.deadLetter(text.element(fault));
        }
    }
}
