package io.massivepipeline.sources.trade;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The condition ids of a trade with what follows from them. Almost all trades have one condition,
 * so those with none or one share constants.
 */
final class Conditions {

    static final Conditions NONE = new Conditions(new int[0]);

    /** The provider's ids lie between 200 and 300. */
    private static final Conditions[] SINGLES =
            IntStream.range(0, 512)
                    .mapToObj(id -> new Conditions(new int[] {id}))
                    .toArray(Conditions[]::new);

    private final int[] ids;
    private final TradeReport report;

    /** Made when it is first asked for; whoever makes it makes the same. */
    private String array;

    private Conditions(int[] ids) {
        this.ids = ids;
        this.report = TradeReport.of(ids);
    }

    /**
     * The conditions that stand in the first {@code length} places of an array, which is copied.
     */
    static Conditions of(int[] ids, int length) {
        if (length == 0) {
            return NONE;
        }
        if (length == 1 && ids[0] < SINGLES.length) {
            return SINGLES[ids[0]];
        }
        return new Conditions(Arrays.copyOf(ids, length));
    }

    int[] ids() {
        return ids;
    }

    /** As the stream writes them: {@code [209,232]}. */
    String array() {
        String text = array;
        if (text == null) {
            text =
                    Arrays.stream(ids)
                            .mapToObj(Integer::toString)
                            .collect(Collectors.joining(",", "[", "]"));
            array = text;
        }
        return text;
    }

    /** Continues a checksum with {@code 209,232}, nothing without conditions. */
    int updateCrc(int crc) {
        int next = crc;
        for (int i = 0; i < ids.length; i++) {
            next = Crc32.update(i == 0 ? next : Crc32.update(next, ','), ids[i]);
        }
        return next;
    }

    TradeReport report() {
        return report;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Conditions that && Arrays.equals(ids, that.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }
}
