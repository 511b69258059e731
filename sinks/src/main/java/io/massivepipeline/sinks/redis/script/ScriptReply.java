package io.massivepipeline.sinks.redis.script;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the script says.
 *
 * @param done how many of its writes were carried out or refused as not newer
 * @param failure the error that stopped it, or empty
 * @param stale how many puts or groups were refused because they were not newer
 * @param tallies four numbers of each append that was done: appended, duplicates, late, trimmed
 */
record ScriptReply(int done, String failure, int stale, long[] tallies) {

    private static final int FIXED = 3;

    static ScriptReply of(List<Object> reply) {
        long[] tallies = new long[reply.size() - FIXED];
        for (int i = 0; i < tallies.length; i++) {
            tallies[i] = (Long) reply.get(FIXED + i);
        }
        return new ScriptReply(
                ((Long) reply.get(0)).intValue(),
                new String((byte[]) reply.get(1), StandardCharsets.UTF_8),
                ((Long) reply.get(2)).intValue(),
                tallies);
    }
}
