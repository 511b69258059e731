package io.massivepipeline.sources.live.protocol;

import java.util.Locale;

/**
 * What the provider's {@code error} messages mean. They have no code, so the sentences that it was
 * seen to send decide.
 */
enum Refusal {
    /** The plan of the key lacks the whole feed; nothing but another plan helps. */
    NOT_ENTITLED,
    /** One channel of the request is not in the plan; which, is not said. */
    NOT_AUTHORIZED,
    /** The whole request is refused until other channels are given up. */
    LIMIT_REACHED,
    /** Anything else. */
    OTHER;

    static Refusal of(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        if (text.contains("don't have access")
                || text.contains("plan doesn't include")
                || text.contains("sign your agreements")
                || text.contains("not entitled")) {
            return NOT_ENTITLED;
        }
        if (text.contains("not authorized")) {
            return NOT_AUTHORIZED;
        }
        return text.contains("subscription limit") ? LIMIT_REACHED : OTHER;
    }
}
