package io.massivepipeline.sinks.redis;

import java.nio.charset.StandardCharsets;

/** Walks over packed entries, which {@link PackedEntries} wrote, without unpacking them. */
final class PackedScan {

    private final byte[] packed;
    private final int fields;
    private int start;
    private int end = PackedEntries.HEADER;

    PackedScan(byte[] packed, int fields) {
        this.packed = packed;
        this.fields = fields;
    }

    /** Goes to the next entry, if there is one. */
    boolean next() {
        if (end >= packed.length) {
            return false;
        }
        start = end;
        for (int i = 0; i <= fields; i++) {
            end = contentOf(end) + lengthOf(end);
        }
        return true;
    }

    int start() {
        return start;
    }

    int size() {
        return end - start;
    }

    EntryId id() {
        return EntryId.parse(
                new String(packed, contentOf(start), lengthOf(start), StandardCharsets.US_ASCII));
    }

    private int contentOf(int at) {
        return at
                + switch (packed[at] & 0xff) {
                    case 0xd9 -> 2;
                    case 0xda -> 3;
                    case 0xdb -> 5;
                    default -> 1;
                };
    }

    private int lengthOf(int at) {
        int bytes = contentOf(at) - at - 1;
        if (bytes == 0) {
            return packed[at] & 0x1f;
        }
        int length = 0;
        for (int i = 1; i <= bytes; i++) {
            length = length << 8 | packed[at + i] & 0xff;
        }
        return length;
    }
}
