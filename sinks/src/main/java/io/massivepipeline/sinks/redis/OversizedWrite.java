package io.massivepipeline.sinks.redis;

import java.util.Optional;

/**
 * A stream entry, or another write, that is larger than the sink may send.
 *
 * @param key where it was to be written
 * @param entryId the id of the stream entry, or null for anything else
 * @param sizeInBytes how large it is
 */
public record OversizedWrite(String key, EntryId entryId, long sizeInBytes) {

    public Optional<EntryId> id() {
        return Optional.ofNullable(entryId);
    }
}
