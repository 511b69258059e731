package io.massivepipeline.sinks.redis.script;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the script says.
 *
 * @param done how many of its writes were carried out or refused as not newer
 * @param failure the error that stopped it, or empty
 * @param failedKey the key or channel that the error concerns
 * @param stale how many puts or groups were refused because they were not newer
 * @param same how many of these had the very version that stands
 * @param tallies four numbers of each append that was done: appended, duplicates, late, trimmed
 */
record ScriptReply(
        int done, String failure, String failedKey, int stale, int same, long[] tallies) {

    private static final int FIXED = 5;

    static ScriptReply of(List<Object> reply) {
        long[] tallies = new long[reply.size() - FIXED];
        for (int i = 0; i < tallies.length; i++) {
            tallies[i] = (Long) reply.get(FIXED + i);
        }
        return new ScriptReply(
                ((Long) reply.get(0)).intValue(),
                text(reply.get(1)),
                text(reply.get(2)),
                ((Long) reply.get(3)).intValue(),
                ((Long) reply.get(4)).intValue(),
                tallies);
    }

    private static String text(Object reply) {
        return new String((byte[]) reply, StandardCharsets.UTF_8);
    }
}
