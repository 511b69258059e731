package io.massivepipeline.sources.calendar;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The regular sessions of US equity options: Monday to Friday from 09:30 to 16:00 in New York,
 * except on the bundled holidays and early closes. After {@link #lastYear()} every weekday counts
 * as a whole trading day.
 */
public final class TradingCalendar {

    private static final LocalTime OPEN = LocalTime.of(9, 30);
    private static final LocalTime CLOSE = LocalTime.of(16, 0);
    private static final String DAYS = "nyse-days.csv";

    /** When each exceptional day closes; the same as it opens for a holiday. */
    private final Map<LocalDate, LocalTime> closes;

    private final int lastYear;

    private TradingCalendar(Map<LocalDate, LocalTime> closes, int lastYear) {
        this.closes = closes;
        this.lastYear = lastYear;
    }

    /** The calendar that comes with this library. */
    public static TradingCalendar bundled() {
        Map<LocalDate, LocalTime> closes = new HashMap<>();
        int lastYear = 0;
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                TradingCalendar.class.getResourceAsStream(DAYS),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",", 3);
                if (line.startsWith("#")) {
                    continue;
                }
                if (cells[0].equals("last-year")) {
                    lastYear = Integer.parseInt(cells[1]);
                } else {
                    closes.put(LocalDate.parse(cells[0]), close(cells[1]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the bundled calendar " + DAYS, e);
        }
        return new TradingCalendar(Map.copyOf(closes), lastYear);
    }

    private static LocalTime close(String cell) {
        return cell.equals("closed") ? OPEN : LocalTime.parse(cell);
    }

    /** The last year whose holidays are known. */
    public int lastYear() {
        return lastYear;
    }

    /** Whether the holidays of the year of an instant are known. */
    public boolean covers(long epochMs) {
        return Instant.ofEpochMilli(epochMs).atZone(TradeDate.NEW_YORK).getYear() <= lastYear;
    }

    /** Whether there is a regular session on a date. */
    public boolean isTradingDay(LocalDate date) {
        return session(date).isPresent();
    }

    /** The regular session of a date; empty on weekends and holidays. */
    public Optional<Session> session(LocalDate date) {
        if (date.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0) {
            return Optional.empty();
        }
        LocalTime close = closes.getOrDefault(date, CLOSE);
        return close.equals(OPEN)
                ? Optional.empty()
                : Optional.of(new Session(at(date, OPEN), at(date, close)));
    }

    /** The regular session in which an instant lies; empty outside of them. */
    public Optional<Session> sessionAt(long epochMs) {
        LocalDate date = Instant.ofEpochMilli(epochMs).atZone(TradeDate.NEW_YORK).toLocalDate();
        return session(date).filter(session -> session.contains(epochMs));
    }

    private static long at(LocalDate date, LocalTime time) {
        return date.atTime(time).atZone(TradeDate.NEW_YORK).toInstant().toEpochMilli();
    }

    /**
     * A regular session.
     *
     * @param open Unix milliseconds, inclusive
     * @param close Unix milliseconds, exclusive
     */
    public record Session(long open, long close) {

        /** Whether an instant lies in the session. */
        public boolean contains(long epochMs) {
            return epochMs >= open && epochMs < close;
        }
    }
}
