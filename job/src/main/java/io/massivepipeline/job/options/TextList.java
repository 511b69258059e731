package io.massivepipeline.job.options;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Names separated by commas, as they stand in an option.
 *
 * @param names without blanks around them; none is empty
 */
record TextList(List<String> names) {

    static TextList of(String text) {
        return new TextList(
                Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList());
    }

    Set<String> asSet() {
        return Set.copyOf(names);
    }
}
