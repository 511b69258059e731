package io.massivepipeline.job.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** Follows snapshots as the contract says that readers may. */
public final class SnapshotDiffs {

    private SnapshotDiffs() {}

    /**
     * The value that a diff leads to: rows replaced, removed and added, all else from the diff.
     *
     * @param before the value whose version is the diff's base; null for the first
     */
    public static ObjectNode apply(JsonNode before, ObjectNode diff) {
        assertThat(diff.get("base").asLong())
                .isEqualTo(before == null ? 0 : before.get("version").asLong());
        Map<String, JsonNode> rows = rows(before);
        diff.get("removed").forEach(row -> assertThat(rows.remove(place(row))).isNotNull());
        diff.get("rows").forEach(row -> rows.put(place(row), row));
        ObjectNode value = diff.objectNode();
        value.setAll(diff);
        value.remove(List.of("base", "removed"));
        value.putArray("rows").addAll(rows.values());
        return value;
    }

    /** The rows of a value, sorted as they must be. */
    public static Map<String, JsonNode> rows(JsonNode value) {
        Map<String, JsonNode> rows = new TreeMap<>();
        if (value != null) {
            value.get("rows").forEach(row -> rows.put(place(row), row));
        }
        return rows;
    }

    private static String place(JsonNode row) {
        // All of one length, so that their order is that of the strikes
        long thousandths = 1_000_000_000_000L + Math.round(row.get("strike").asDouble() * 1_000);
        return thousandths + " " + row.get("root").asText();
    }
}
