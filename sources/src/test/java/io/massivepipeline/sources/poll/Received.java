package io.massivepipeline.sources.poll;

import io.massivepipeline.sources.poll.chain.ChainPoll;
import io.massivepipeline.sources.poll.spot.SpotPoll;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a poller handed on. */
public final class Received implements PollOutput<PollEvent> {

    private final List<PollEvent> events = new ArrayList<>();
    private final List<String> questions = new ArrayList<>();

    @Override
    public void latest(String question, PollEvent answer) {
        if (answer.answer() != null) {
            questions.add(question);
        }
        events.add(answer);
    }

    /** The questions to which there were answers. */
    public List<String> questions() {
        return questions;
    }

    public List<SpotPoll> spots() {
        return answers().stream().map(ContextAnswer::spot).filter(Objects::nonNull).toList();
    }

    public List<ChainPoll> chains() {
        return answers().stream().map(ContextAnswer::chain).filter(Objects::nonNull).toList();
    }

    private List<ContextAnswer> answers() {
        return events.stream().map(PollEvent::answer).filter(Objects::nonNull).toList();
    }

    /** How the poller fares now. */
    public PollStatistics statistics() {
        return events.get(events.size() - 1).statistics();
    }
}
