package io.massivepipeline.sinks.redis.script;

import io.massivepipeline.sinks.redis.AppendOutcome;
import io.massivepipeline.sinks.redis.RedisWrite;

import java.util.List;

/**
 * What became of a call.
 *
 * @param rest the writes that were not carried out, beginning with the one that failed
 * @param failure the server's error, or empty if all were carried out
 * @param failedKey the key or channel that the error concerns
 * @param stale how many puts or groups were refused because they were not newer
 * @param same how many of these had the very version that stands, so that they repeat it
 * @param outcomes what became of the appends that were carried out
 */
public record ScriptResult(
        List<RedisWrite> rest,
        String failure,
        String failedKey,
        int stale,
        int same,
        List<AppendOutcome> outcomes) {}
