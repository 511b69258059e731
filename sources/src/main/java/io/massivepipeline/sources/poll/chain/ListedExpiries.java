package io.massivepipeline.sources.poll.chain;

import io.massivepipeline.sources.calendar.ExpiryDate;
import io.massivepipeline.sources.calendar.TradeDate;
import io.massivepipeline.sources.poll.PollTime;
import io.massivepipeline.sources.poll.json.Leaf;
import io.massivepipeline.sources.poll.rest.RestClient;
import io.massivepipeline.sources.poll.rest.RestException;
import io.massivepipeline.sources.poll.rest.RestRequest;

import com.fasterxml.jackson.databind.JsonNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The first listed expiries of an underlying. Each is found by one request for one contract, the
 * first that expires after the one before: that is exact however the strikes lie, and costs no
 * pages.
 *
 * <p>They are looked for again every few minutes, when the trade date changes (20:00 in New York:
 * what expired that day is over then, whatever is still listed), and when one of them turned out to
 * be gone. As long as the provider does not tell, those of the same trade date hold.
 */
final class ListedExpiries {

    private static final Logger LOG = LoggerFactory.getLogger(ListedExpiries.class);
    private static final long REFRESH_NANOS = Duration.ofMinutes(5).toNanos();
    private static final String EXPIRATION = "expiration_date";

    private final RestClient client;
    private final String path;
    private final int count;
    private final PollTime time;
    private List<Integer> expiries = List.of();
    private int tradeDate;
    private long foundAt;

    /**
     * @param path of the chain snapshot
     * @param count how many are wanted
     * @param time tells the trade date
     */
    ListedExpiries(RestClient client, String path, int count, PollTime time) {
        this.client = client;
        this.path = path;
        this.count = count;
        this.time = time;
    }

    /**
     * As numbers, ascending; fewer than wanted if no more are listed.
     *
     * @throws RestException if the provider does not tell, or none is listed
     */
    List<Integer> first() throws RestException, InterruptedException {
        int today = TradeDate.of(time.clock().millis());
        if (tradeDate != today) {
            expiries = List.of();
        }
        if (expiries.isEmpty()) {
            found(find(ExpiryDate.of(today)), today);
        } else if (time.nanos() - foundAt >= REFRESH_NANOS) {
            refresh(today);
        }
        return expiries;
    }

    private void refresh(int today) throws InterruptedException {
        try {
            found(find(ExpiryDate.of(today)), today);
        } catch (RestException notNow) {
            LOG.debug("The expiries known hold on: {}", notNow.getMessage());
        }
    }

    private void found(List<Integer> listed, int today) {
        expiries = listed;
        tradeDate = today;
        foundAt = time.nanos();
    }

    /** What was found does not hold any more. */
    void forget() {
        expiries = List.of();
    }

    private List<Integer> find(LocalDate today) throws RestException, InterruptedException {
        List<Integer> found = new ArrayList<>();
        LocalDate after = today.minusDays(1);
        while (found.size() < count) {
            LocalDate next = next(after);
            if (next == null) {
                break;
            }
            found.add(next.getYear() * 10_000 + next.getMonthValue() * 100 + next.getDayOfMonth());
            after = next;
        }
        if (found.isEmpty()) {
            throw new RestException(
                    RestException.Kind.NOT_FOUND, path + ": no expiry is listed from " + today);
        }
        return List.copyOf(found);
    }

    private LocalDate next(LocalDate after) throws RestException, InterruptedException {
        List<JsonNode> first =
                client.first(
                        RestRequest.to(path)
                                .with(EXPIRATION + ".gt", after)
                                .with("sort", EXPIRATION)
                                .with("order", "asc")
                                .with("limit", 1));
        if (first.isEmpty()) {
            return null;
        }
        LocalDate next = date(Leaf.text(Leaf.object(first.get(0), "details"), EXPIRATION));
        if (next == null || !next.isAfter(after)) {
            throw new RestException(
                    RestException.Kind.MALFORMED, path + ": no expiry after " + after + " in it");
        }
        return next;
    }

    private static LocalDate date(String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException none) {
            return null;
        }
    }
}
