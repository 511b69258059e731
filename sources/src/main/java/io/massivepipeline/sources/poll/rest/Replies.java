package io.massivepipeline.sources.poll.rest;

import io.massivepipeline.sources.poll.json.Leaf;
import io.massivepipeline.sources.poll.rest.RestException.Kind;
import io.massivepipeline.sources.provider.FatalFeedException;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads what the provider replies: a page, or why there is none. It goes by the status of HTTP and
 * by whether there are results; the status inside the answer varies from plan to plan.
 */
final class Replies {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;
    private static final int MAX_TEXT = 200;

    private final ObjectReader json =
            Leaf.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final Function<String, String> redacted;
    private final Clock clock;

    /**
     * @param redacted takes the key out of texts
     * @param clock to which dates are compared
     */
    Replies(Function<String, String> redacted, Clock clock) {
        this.redacted = redacted;
        this.clock = clock;
    }

    /**
     * A page of results.
     *
     * @param next where the next one is, or null if this is the last
     */
    record Page(List<JsonNode> results, URI next) {}

    /**
     * @throws FatalFeedException if the provider does not know the key
     */
    Page read(HttpResponse<byte[]> reply) throws RestException {
        int status = reply.statusCode();
        byte[] content = HttpTransport.content(reply);
        if (status == HttpURLConnection.HTTP_OK) {
            return page(content);
        }
        String why = status + ": " + text(content);
        if (status == HttpURLConnection.HTTP_UNAUTHORIZED) {
            throw new FatalFeedException(
                    "The provider's REST interface refuses the API key, " + why);
        }
        throw new RestException(
                kind(status),
                why,
                RetryAfter.read(reply.headers().firstValue("Retry-After").orElse(null), clock),
                null);
    }

    private static Kind kind(int status) {
        return switch (status) {
            case HttpURLConnection.HTTP_FORBIDDEN -> Kind.NOT_ENTITLED;
            case HttpURLConnection.HTTP_NOT_FOUND -> Kind.NOT_FOUND;
            case HttpURLConnection.HTTP_CLIENT_TIMEOUT -> Kind.TIMEOUT;
            case TOO_MANY_REQUESTS -> Kind.RATE_LIMITED;
            default -> status >= SERVER_ERRORS ? Kind.SERVER : Kind.REFUSED;
        };
    }

    private Page page(byte[] content) throws RestException {
        JsonNode answer;
        try {
            answer = json.readTree(content);
        } catch (IOException noJson) {
            throw new RestException(Kind.MALFORMED, "no JSON: " + start(content), noJson);
        }
        JsonNode results = answer.get("results");
        if (results == null || !results.isArray()) {
            throw new RestException(Kind.MALFORMED, "no results: " + text(answer));
        }
        List<JsonNode> items = new ArrayList<>(results.size());
        results.forEach(items::add);
        return new Page(items, next(answer));
    }

    private URI next(JsonNode answer) throws RestException {
        String next = Leaf.text(answer, "next_url");
        try {
            return next == null ? null : new URI(next);
        } catch (java.net.URISyntaxException noAddress) {
            throw new RestException(Kind.PAGING, "the next page has no address", noAddress);
        }
    }

    private String text(byte[] content) {
        try {
            return text(json.readTree(content));
        } catch (IOException noJson) {
            return start(content);
        }
    }

    /** What the provider says of an error; in which field, varies. */
    private String text(JsonNode answer) {
        String error = Leaf.text(answer, "error");
        String message = error == null ? Leaf.text(answer, "message") : error;
        return message == null ? "without a reason" : shortened(message);
    }

    /** What came instead of JSON: the page of a proxy, as a rule. */
    private String start(byte[] content) {
        int length = Math.min(content.length, MAX_TEXT);
        return shortened(new String(content, 0, length, StandardCharsets.UTF_8));
    }

    private String shortened(String text) {
        String line = redacted.apply(text);
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "...";
    }
}
