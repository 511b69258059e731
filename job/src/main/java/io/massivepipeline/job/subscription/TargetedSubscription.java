package io.massivepipeline.job.subscription;

import io.massivepipeline.job.report.FailureLine;
import io.massivepipeline.sinks.redis.RedisConnectionConfig;
import io.massivepipeline.sources.live.SubscriptionFeed;
import io.massivepipeline.sources.trade.OptionContract;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The contracts that are selected of the chains, as {@code massive:ws:params:*} has them: what
 * stands in Redis when it starts, and whatever is added on the running trade date. It looks when
 * Redis says that something changed and every 30 seconds in case it did not hear that; while Redis
 * can't be reached, everything stays as it was.
 */
public final class TargetedSubscription implements SubscriptionFeed {

    private static final Logger LOG = LoggerFactory.getLogger(TargetedSubscription.class);

    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(30);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private final RedisConnectionConfig config;
    private final ParamsReader reader;
    private final ChannelLimit limit;
    private final Clock clock;
    private final ChannelUnion union = new ChannelUnion();
    private final ScheduledExecutorService thread;
    private final AtomicBoolean lookQueued = new AtomicBoolean();

    private Consumer<Set<String>> wanted;
    private ParamsWatch watch;
    private boolean outage;
    private Set<String> told = Set.of();
    private int leftOut;

    TargetedSubscription(
            RedisConnectionConfig config, Set<String> underlyings, int maxChannels, Clock clock) {
        this.config = config;
        this.reader = new ParamsReader(underlyings);
        this.limit = new ChannelLimit(maxChannels);
        this.clock = clock;
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread worker = new Thread(task, "targeted-subscription");
                            worker.setDaemon(true);
                            return worker;
                        });
    }

    /**
     * A feed that follows a Redis.
     *
     * @param underlyings whose contracts are wanted
     * @param maxChannels how many are subscribed to at most
     * @param clock for trade dates; serializable, as the JDK's are
     */
    public static Factory of(
            RedisConnectionConfig config, Set<String> underlyings, int maxChannels, Clock clock) {
        Set<String> names = Set.copyOf(underlyings);
        return () -> new TargetedSubscription(config, names, maxChannels, clock);
    }

    @Override
    public void start(Consumer<Set<String>> consumer) {
        wanted = consumer;
        long interval = LOOK_INTERVAL.toMillis();
        thread.scheduleWithFixedDelay(this::look, 0, interval, TimeUnit.MILLISECONDS);
    }

    /** Whatever the number of messages, one look follows the last of them. */
    private void lookSoon() {
        if (lookQueued.compareAndSet(false, true)) {
            submit(Duration.ZERO);
        }
    }

    private void submit(Duration delay) {
        try {
            thread.schedule(this::look, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("Nothing is followed any more", closed);
        }
    }

    private void look() {
        lookQueued.set(false);
        try {
            if (watch == null) {
                watch = ParamsWatch.connect(config, this::lookSoon);
            }
            tell(reader.read(watch.redis()));
            if (outage) {
                outage = false;
                LOG.info("Redis says again which contracts are selected");
            }
        } catch (RuntimeException failure) {
            waitForRedis(failure);
        }
    }

    private void waitForRedis(RuntimeException failure) {
        if (!outage) {
            outage = true;
            LOG.warn(
                    "{} does not say which contracts are selected ({}): subscriptions stay as they"
                            + " are",
                    config,
                    FailureLine.of(failure));
        }
        if (lookQueued.compareAndSet(false, true)) {
            submit(RETRY_DELAY);
        }
    }

    private void tell(List<Params> standing) {
        Collection<OptionContract> all = union.grow(standing, clock.millis());
        List<OptionContract> kept = limit.keep(all, standing);
        Set<String> channels =
                kept.stream()
                        .map(ParamsReader::channel)
                        .collect(Collectors.toCollection(TreeSet::new));
        sayWhatIsLeftOut(all, kept);
        if (!channels.equals(told)) {
            told = channels;
            wanted.accept(channels);
        }
    }

    private void sayWhatIsLeftOut(Collection<OptionContract> all, List<OptionContract> kept) {
        int missing = all.size() - kept.size();
        if (missing == leftOut) {
            return;
        }
        leftOut = missing;
        Set<OptionContract> subscribed = Set.copyOf(kept);
        TreeMap<String, Long> byExpiry =
                all.stream()
                        .filter(contract -> !subscribed.contains(contract))
                        .collect(
                                Collectors.groupingBy(
                                        OptionContract::expiryKey,
                                        TreeMap::new,
                                        Collectors.counting()));
        LOG.warn(
                "{} of {} selected contracts are not subscribed to (subscription.max-channels),"
                        + " those farthest from the money and in expiry: {}",
                missing,
                all.size(),
                byExpiry);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (watch != null) {
            watch.close();
        }
    }
}
