package io.massivepipeline.sources.live.protocol;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which channels are wanted, and what became of them on the present connection: confirmed, asked
 * for, or refused.
 *
 * <p>Requests go out one after the other, at most {@value #CHUNK} channels each, the next when the
 * one before is settled: the provider's refusals name no channel, so only what is under way can be
 * meant. Not every channel is answered (a repeated subscription is not): what is unanswered when
 * the time is up counts as subscribed, but not as confirmed.
 */
final class Subscriptions {

    /** Third parties use this size; the provider documents no limit. */
    static final int CHUNK = 200;

    private static final String SUBSCRIBED = "subscribed to:";
    private static final String UNSUBSCRIBED = "unsubscribed to:";

    private final Set<String> wanted = new TreeSet<>();
    private final Set<String> confirmed = new TreeSet<>();
    private final Set<String> unanswered = new TreeSet<>();
    private final Set<String> refused = new TreeSet<>();

    /** The channels of the request under way that are not settled yet. */
    private final Set<String> pending = new LinkedHashSet<>();

    private boolean subscribing;
    private int refusals;

    /** Replaces the wanted channels. */
    Change want(Set<String> channels) {
        Set<String> added = difference(channels, wanted);
        Set<String> removed = difference(wanted, channels);
        wanted.removeAll(removed);
        wanted.addAll(added);
        if (!removed.isEmpty()) {
            // Channels given up make room for those that were refused for want of it.
            refused.clear();
        }
        return new Change(added.size(), removed.size());
    }

    /** The next request to send, as the provider's JSON; empty while one is under way. */
    Optional<String> nextRequest() {
        if (!pending.isEmpty()) {
            return Optional.empty();
        }
        Set<String> surplus = difference(confirmed, wanted);
        surplus.addAll(difference(unanswered, wanted));
        if (!surplus.isEmpty()) {
            return Optional.of(request("unsubscribe", surplus));
        }
        Set<String> missing = difference(wanted, confirmed);
        missing.removeAll(unanswered);
        missing.removeAll(refused);
        return missing.isEmpty() ? Optional.empty() : Optional.of(request("subscribe", missing));
    }

    private String request(String action, Set<String> channels) {
        subscribing = action.equals("subscribe");
        refusals = 0;
        channels.stream().limit(CHUNK).forEach(pending::add);
        String params =
                new String(
                        JsonStringEncoder.getInstance().quoteAsString(String.join(",", pending)));
        return "{\"action\":\"" + action + "\",\"params\":\"" + params + "\"}";
    }

    /** Whether a request is not settled yet. */
    boolean isPending() {
        return !pending.isEmpty();
    }

    /** The provider confirmed something; returns false if the message does not say what. */
    boolean acknowledged(String message) {
        if (message.startsWith(UNSUBSCRIBED)) {
            for (String channel : channels(message, UNSUBSCRIBED)) {
                confirmed.remove(channel);
                unanswered.remove(channel);
                settle(channel, false);
            }
            return true;
        }
        if (message.startsWith(SUBSCRIBED)) {
            for (String channel : channels(message, SUBSCRIBED)) {
                if (isAskedFor(channel)) {
                    confirmed.add(channel);
                    unanswered.remove(channel);
                    refused.remove(channel);
                    settle(channel, true);
                }
            }
            return true;
        }
        return false;
    }

    /** What nobody asked for is not taken up, for it would be sent back to be unsubscribed. */
    private boolean isAskedFor(String channel) {
        return wanted.contains(channel)
                || pending.contains(channel)
                || unanswered.contains(channel);
    }

    private void settle(String channel, boolean subscribe) {
        if (subscribing == subscribe) {
            pending.remove(channel);
            settleRefusals();
        }
    }

    /**
     * One channel of the request under way was refused; which, shows when the others are confirmed.
     */
    Set<String> refusedOne() {
        refusals++;
        return settleRefusals();
    }

    private Set<String> settleRefusals() {
        return refusals > 0 && refusals >= pending.size() ? refusedAll() : Set.of();
    }

    /** Everything of the request under way that is not confirmed was refused. */
    Set<String> refusedAll() {
        Set<String> channels = subscribing ? new TreeSet<>(pending) : Set.of();
        refused.addAll(channels);
        pending.clear();
        return channels;
    }

    /** The time for answers is up: what is still open counts as done. Returns what that was. */
    Set<String> expired() {
        Set<String> channels = new TreeSet<>(pending);
        if (subscribing) {
            unanswered.addAll(channels);
        } else {
            confirmed.removeAll(channels);
            unanswered.removeAll(channels);
        }
        pending.clear();
        return channels;
    }

    /** The connection is gone, and with it all that was subscribed. */
    void disconnected() {
        confirmed.clear();
        unanswered.clear();
        refused.clear();
        pending.clear();
    }

    /** Whether the provider refused everything that is wanted. */
    boolean isNothingLeft() {
        return !wanted.isEmpty() && refused.containsAll(wanted);
    }

    /** Whether the whole market is wanted, so that there is always something to be heard. */
    boolean isFirehose() {
        return wanted.contains("T.*");
    }

    int wantedCount() {
        return wanted.size();
    }

    int confirmedCount() {
        return confirmed.size();
    }

    int refusedCount() {
        return refused.size();
    }

    private static String[] channels(String message, String prefix) {
        return message.substring(prefix.length()).strip().split("\\s*,\\s*");
    }

    private static Set<String> difference(Collection<String> of, Collection<String> without) {
        Set<String> result = new TreeSet<>(of);
        without.forEach(result::remove);
        return result;
    }

    /** How many channels a new wanted set adds and removes. */
    record Change(int added, int removed) {

        boolean isEmpty() {
            return added == 0 && removed == 0;
        }
    }
}
