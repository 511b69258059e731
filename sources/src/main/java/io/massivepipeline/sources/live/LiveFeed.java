package io.massivepipeline.sources.live;

import io.massivepipeline.sources.calendar.TradingCalendar;
import io.massivepipeline.sources.capture.Capture;
import io.massivepipeline.sources.feed.FeedStatus;
import io.massivepipeline.sources.live.journal.Journal;
import io.massivepipeline.sources.live.journal.JournalEntry;
import io.massivepipeline.sources.live.journal.JournalReader;
import io.massivepipeline.sources.live.journal.JournalStats;
import io.massivepipeline.sources.live.protocol.Action;
import io.massivepipeline.sources.live.protocol.Event;
import io.massivepipeline.sources.live.protocol.Frame;
import io.massivepipeline.sources.live.protocol.ProtocolMachine;
import io.massivepipeline.sources.live.protocol.ProtocolStatus;
import io.massivepipeline.sources.live.protocol.State;
import io.massivepipeline.sources.provider.ApiKey;
import io.massivepipeline.sources.provider.FatalFeedException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The feed as it is received: one thread takes what the connection hears, asks the protocol what to
 * do, and appends frames and silences to the journal, from which they are read.
 *
 * <p>The thread never waits for the reader, so the socket is read as fast as the disk takes it.
 */
final class LiveFeed implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);

    private static final int BATCH = 500;
    private static final long TIMER_MS = 20;
    private static final long MAINTENANCE_MS = 1_000;

    private final Clock clock;
    private final Inbox inbox = new Inbox();
    private final Connection connection;
    private final ProtocolMachine machine;
    private final Journal journal;
    private final JournalReader reader;
    private final SubscriptionFeed subscriptions;
    private final Recording recording;
    private final StopFile stopFile;
    private final Progress progress;
    private final LiveSplit split;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "massive-live-feed");

    private long nextTimer;
    private long nextMaintenance;
    private boolean stopping;
    private CompletableFuture<Void> goodbye = CompletableFuture.completedFuture(null);
    private volatile boolean ending;
    private volatile State state = State.CONNECTING;
    private volatile FeedStatus status;

    private LiveFeed(
            LiveSettings settings,
            LiveSplit split,
            Progress progress,
            String key,
            Journal journal,
            Capture capture) {
        this.clock = settings.clock();
        this.split = split;
        this.progress = progress;
        this.journal = journal;
        this.connection = new Connection(settings.url(), key, inbox, clock);
        this.machine =
                new ProtocolMachine(
                        settings.protocol(), TradingCalendar.bundled(), new Random(clock.millis()));
        long position = split.position() >= 0 ? split.position() : journal.firstUncovered();
        progress.emitted(position);
        this.reader = journal.reader(position, split.heardAt());
        this.subscriptions = settings.subscriptions().create();
        this.stopFile = StopFile.in(settings.journal().folder());
        Silence silence = new Silence(settings.orderDelay().toMillis(), clock.millis());
        this.recording = new Recording(journal, capture, silence);
        this.status = status();
        thread.setDaemon(true);
    }

    /**
     * Opens the journal and begins to connect.
     *
     * @throws FatalFeedException if there is no API key
     * @throws IOException if the journal cannot be opened
     */
    static LiveFeed open(LiveSettings settings, LiveSplit split, Progress progress)
            throws IOException {
        String key = key(settings.apiKey());
        Journal journal = Journal.open(settings.journal(), split.position());
        try {
            Capture capture = Capture.open(settings.capture());
            LiveFeed feed = new LiveFeed(settings, split, progress, key, journal, capture);
            feed.stopFile.remove();
            feed.thread.start();
            return feed;
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    private static String key(ApiKey apiKey) {
        try {
            return apiKey.read();
        } catch (IOException e) {
            throw new FatalFeedException(e.getMessage(), e);
        }
    }

    private void run() {
        try {
            long heardUntil = journal.heardUntil() > 0 ? journal.heardUntil() : split.heardAt();
            subscriptions.start(
                    wanted -> inbox.event(Inbox.Message.NO_CONNECTION, new Event.Wanted(wanted)));
            perform(machine.start(heardUntil, clock.millis()));
            while (!ending || !isOver()) {
                turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed(e);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void failed(Throwable cause) {
        failure.compareAndSet(null, cause);
        reader.wakeUp();
    }

    /** Takes what has come, then looks at the time. */
    private void turn() throws InterruptedException {
        long wait = Math.min(TIMER_MS, recording.quietFor(clock.millis()));
        Inbox.Message message = inbox.poll(Math.max(1, wait));
        for (int i = 0; message != null && i < BATCH; i++) {
            take(message);
            message = inbox.poll(0);
        }
        if (message != null) {
            take(message);
        }
        long now = clock.millis();
        if (!stopping) {
            recording.silence(now, inbox.isEmpty(), state == State.STREAMING);
        }
        recording.commit();
        if (ending) {
            stop();
        }
        if (inbox.hasRoom()) {
            connection.resume();
        }
        if (isDue(nextTimer, TIMER_MS, now)) {
            nextTimer = now + TIMER_MS;
            perform(machine.on(new Event.Timer(), now));
        }
        if (isDue(nextMaintenance, MAINTENANCE_MS, now)) {
            nextMaintenance = now + MAINTENANCE_MS;
            maintain();
        }
    }

    /** Also when the clock was set back, so that nothing waits for the old time. */
    private static boolean isDue(long next, long interval, long now) {
        return now >= next || now < next - interval;
    }

    private void take(Inbox.Message message) {
        long now = clock.millis();
        if (message.payload() == null) {
            if (connection.isPresent(message.connection())) {
                perform(machine.on(message.event(), now));
            }
            return;
        }
        byte[] payload = message.payload();
        boolean kept = recording.frame(payload, message.receivedAt(), now);
        if (kept && connection.isPresent(message.connection())) {
            perform(machine.on(new Event.Received(Frame.read(payload)), now));
        }
    }

    private void perform(List<Action> actions) {
        for (Action action : actions) {
            perform(action);
        }
        state = machine.state();
    }

    private void perform(Action action) {
        if (action instanceof Action.Connect) {
            LOG.info("Connecting to {}", connection.name());
            connection.connect();
        } else if (action instanceof Action.Authenticate) {
            connection.authenticate();
        } else if (action instanceof Action.Send send) {
            connection.send(send.text());
        } else if (action instanceof Action.Ping) {
            connection.ping();
        } else if (action instanceof Action.Close) {
            goodbye = connection.goodbye();
        } else if (action instanceof Action.Abort) {
            connection.abort();
        } else if (action instanceof Action.Gap gap) {
            String reason = connection.redacted(gap.reason());
            LOG.warn("The feed was not heard for {} ms: {}", gap.to() - gap.from(), reason);
            recording.gap(gap.from(), gap.to(), reason);
        } else if (action instanceof Action.Fail fail) {
            failed(new FatalFeedException(connection.redacted(fail.message())));
        } else if (action instanceof Action.Log log) {
            log(log);
        }
    }

    private void log(Action.Log log) {
        String message = connection.redacted(log.message());
        switch (log.level()) {
            case ERROR -> LOG.error(message);
            case WARN -> LOG.warn(message);
            default -> LOG.info(message);
        }
    }

    /** Once a second: what can wait. */
    private void maintain() {
        recording.maintain(progress.covered());
        status = status();
        if (stopFile.exists()) {
            if (!stopping) {
                LOG.info("Asked to stop");
            }
            stop();
            if (isOver() && progress.emitted() >= journal.endPosition()) {
                stopFile.remove();
            }
        }
    }

    /** Says good-bye, once. */
    private void stop() {
        if (!stopping) {
            stopping = true;
            perform(machine.on(new Event.Stop(), clock.millis()));
        }
    }

    /** Whether nothing more can come. */
    private boolean isOver() {
        return stopping && goodbye.isDone() && inbox.isEmpty();
    }

    private FeedStatus status() {
        JournalStats stats = journal.stats();
        ProtocolStatus protocol = machine.status();
        return new FeedStatus(
                clock.millis(),
                protocol.state() == State.STREAMING,
                split.reconnects() + protocol.reconnects(),
                protocol.confirmed(),
                protocol.added(),
                protocol.removed(),
                protocol.changedAt(),
                stats.frames(),
                stats.bytes(),
                lag());
    }

    /** The next entries; none if there are none. */
    List<JournalEntry> poll() {
        return reader.poll();
    }

    /** Waits for entries, a failure, or to be woken. */
    void await(long timeoutMs) throws InterruptedException {
        reader.await(timeoutMs);
    }

    void wakeUp() {
        reader.wakeUp();
    }

    /** Why the feed ended, or null while it goes on. */
    Throwable failure() {
        return failure.get();
    }

    /** How the feed fares, taken once a second. */
    FeedStatus lastStatus() {
        return status;
    }

    State state() {
        return state;
    }

    /** What was received. */
    Recording recording() {
        return recording;
    }

    /** Frames and ticks that were received and not handed on yet. */
    long lag() {
        return Math.max(0, journal.endPosition() - progress.emitted());
    }

    JournalStats journal() {
        return journal.stats();
    }

    /** Says good-bye to the provider, and closes the journal behind what was received. */
    @Override
    public void close() throws IOException {
        subscriptions.close();
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connection.close();
            reader.close();
            recording.maintain(progress.covered());
            recording.close();
        }
    }
}
