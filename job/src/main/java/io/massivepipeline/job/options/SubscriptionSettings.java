package io.massivepipeline.job.options;

import org.apache.flink.configuration.Configuration;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is subscribed to at the provider.
 *
 * @param targeted whether the contracts that are selected are, as Redis has them
 * @param channels which are otherwise
 * @param maxChannels how many there are at most if they are selected
 */
public record SubscriptionSettings(boolean targeted, Set<String> channels, int maxChannels) {

    private static final Pattern CHANNEL = Pattern.compile("[A-Z]+\\.[^\\s,]+");
    private static final String FIREHOSE = "firehose";
    private static final String TARGETED = "targeted";

    static SubscriptionSettings from(Configuration options) {
        int maxChannels = PipelineSettings.read(options, PipelineOptions.SUBSCRIPTION_MAX_CHANNELS);
        PipelineSettings.require(
                maxChannels >= 1, "--subscription.max-channels must be at least 1.");
        String subscription = PipelineSettings.read(options, PipelineOptions.SUBSCRIPTION);
        return switch (subscription) {
            case FIREHOSE -> new SubscriptionSettings(false, Set.of("T.*"), maxChannels);
            case TARGETED -> new SubscriptionSettings(true, Set.of(), maxChannels);
            default -> new SubscriptionSettings(false, channels(subscription), maxChannels);
        };
    }

    private static Set<String> channels(String subscription) {
        Set<String> channels = TextList.of(subscription).asSet();
        PipelineSettings.require(
                !channels.isEmpty()
                        && channels.stream().allMatch(text -> CHANNEL.matcher(text).matches()),
                "--subscription must be firehose, targeted or a list of channels such as"
                        + " T.O:SPXW251223P06870000, separated by commas.");
        return channels;
    }
}
