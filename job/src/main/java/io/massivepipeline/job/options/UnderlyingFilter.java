package io.massivepipeline.job.options;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which underlyings an output is for.
 *
 * @param all whether it is for every underlying
 * @param names the underlyings otherwise
 */
public record UnderlyingFilter(boolean all, Set<String> names) implements Serializable {

    /** {@code *}, or names separated by commas. */
    static UnderlyingFilter parse(String text) {
        Set<String> names =
                Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
        return new UnderlyingFilter(names.contains("*"), names);
    }

    /** Whether the underlying is wanted. */
    public boolean accepts(String underlying) {
        return all || names.contains(underlying);
    }
}
