package io.massivepipeline.sources.split;

import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.connector.testutils.source.reader.TestingSplitEnumeratorContext;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class SingleSplitEnumeratorTest {

    private static final Place SPLIT = new Place(7);

    /** A split that has got so far. */
    private record Place(long position) implements SourceSplit {

        @Override
        public String splitId() {
            return "place";
        }
    }

    private final TestingSplitEnumeratorContext<Place> context =
            new TestingSplitEnumeratorContext<>(2);

    @Test
    void givesTheSplitToTheFirstReaderAndLetsAllOthersEnd() {
        // Given an enumerator with the split
        SingleSplitEnumerator<Place> enumerator = enumerator(Optional.of(SPLIT));
        assertThat(enumerator.snapshotState(1)).contains(SPLIT);

        // When two readers come
        come(enumerator, 1);
        come(enumerator, 0);

        // Then the first has it, and neither waits for more
        assertAssigned(1, List.of(SPLIT));
        assertAssigned(0, List.of());
        assertThat(enumerator.snapshotState(2)).isEmpty();
    }

    @Test
    void givesASplitThatCameBackToTheNextReaderWithItsPosition() {
        // Given a reader that failed before a checkpoint
        SingleSplitEnumerator<Place> enumerator = enumerator(Optional.of(SPLIT));
        come(enumerator, 0);
        enumerator.addSplitsBack(List.of(SPLIT), 0);
        assertThat(enumerator.snapshotState(1)).contains(SPLIT);

        // When the next one comes
        come(enumerator, 1);

        // Then it goes on where the other began
        assertAssigned(1, List.of(SPLIT));
    }

    @Test
    void hasNothingToGiveIfAReaderRestoredItsSplit() {
        SingleSplitEnumerator<Place> enumerator = enumerator(Optional.empty());
        enumerator.addSplitsBack(List.of(), 0);
        come(enumerator, 0);

        assertAssigned(0, List.of());
    }

    private SingleSplitEnumerator<Place> enumerator(Optional<Place> unassigned) {
        return new SingleSplitEnumerator<>(context, unassigned);
    }

    private void come(SingleSplitEnumerator<Place> enumerator, int subtask) {
        context.registerReader(subtask, "localhost");
        enumerator.addReader(subtask);
    }

    private void assertAssigned(int subtask, List<Place> splits) {
        var assignment = context.getSplitAssignments().get(subtask);
        assertThat(assignment.getAssignedSplits()).isEqualTo(splits);
        assertThat(assignment.hasReceivedNoMoreSplitsSignal()).isTrue();
    }
}
