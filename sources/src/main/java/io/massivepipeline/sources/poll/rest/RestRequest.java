package io.massivepipeline.sources.poll.rest;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is asked for.
 *
 * @param path {@code /v3/snapshot}
 * @param parameters in their order
 */
public record RestRequest(String path, Map<String, String> parameters) {

    public static RestRequest to(String path) {
        return new RestRequest(path, Map.of());
    }

    /** A part of a path, which may hold any character. */
    public static String segment(String text) {
        // The provider writes I:SPX as it is, and a colon may stand in a path.
        return encoded(text).replace("%3A", ":");
    }

    /** The same with one more parameter. */
    public RestRequest with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value.toString());
        return new RestRequest(path, more);
    }

    /** Where it goes. */
    URI on(URI base) {
        String query =
                parameters.entrySet().stream()
                        .map(p -> encoded(p.getKey()) + "=" + encoded(p.getValue()))
                        .collect(Collectors.joining("&"));
        String prefix = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
        return base.resolve(prefix + path + (query.isEmpty() ? "" : "?" + query));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
