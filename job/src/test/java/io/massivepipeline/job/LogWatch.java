package io.massivepipeline.job;

import org.apache.flink.util.ExceptionUtils;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Looks for texts in everything that is logged in this process, at all levels, until closed. */
final class LogWatch implements AutoCloseable {

    private static final String NAME = "log-watch";

    private final List<String> texts;
    private final Queue<String> found = new ConcurrentLinkedQueue<>();
    private final AtomicLong lines = new AtomicLong();
    private final LoggerConfig root;
    private final Level before;

    private LogWatch(List<String> texts) {
        this.texts = texts;
        LoggerContext logging = (LoggerContext) LogManager.getContext(false);
        this.root = logging.getConfiguration().getRootLogger();
        this.before = root.getLevel();
    }

    static LogWatch forTexts(String... texts) {
        LogWatch watch = new LogWatch(List.of(texts));
        // What others write to does not get louder.
        watch.root
                .getAppenders()
                .keySet()
                .forEach(
                        name -> {
                            var appender = watch.root.getAppenders().get(name);
                            watch.root.removeAppender(name);
                            watch.root.addAppender(appender, watch.before, null);
                        });
        watch.root.addAppender(watch.appender(), Level.ALL, null);
        Configurator.setAllLevels("", Level.ALL);
        return watch;
    }

    private AbstractAppender appender() {
        AbstractAppender appender =
                new AbstractAppender(NAME, null, null, true, Property.EMPTY_ARRAY) {
                    @Override
                    public void append(LogEvent event) {
                        look(event);
                    }
                };
        appender.start();
        return appender;
    }

    private void look(LogEvent event) {
        lines.incrementAndGet();
        String line = event.getLoggerName() + ": " + event.getMessage().getFormattedMessage();
        if (event.getThrown() != null) {
            line += ExceptionUtils.stringifyException(event.getThrown());
        }
        if (texts.stream().anyMatch(line::contains)) {
            found.add(line);
        }
    }

    /** The lines with one of the texts. */
    List<String> found() {
        return List.copyOf(found);
    }

    /** How many lines were looked at. */
    long lines() {
        return lines.get();
    }

    @Override
    public void close() {
        root.removeAppender(NAME);
        Configurator.setAllLevels("", before);
    }
}
