package io.massivepipeline.sources.replay;

import org.apache.flink.connector.testutils.source.reader.TestingSplitEnumeratorContext;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayEnumeratorTest {

    private static final ReplaySplit SPLIT = new ReplaySplit(List.of("/feed"), 0, 7, 3, null, 0);

    private final TestingSplitEnumeratorContext<ReplaySplit> context =
            new TestingSplitEnumeratorContext<>(2);

    @Test
    void givesTheSplitToTheFirstReaderAndLetsAllOthersEnd() {
        // Given an enumerator with the split
        ReplayEnumerator enumerator = enumerator(Optional.of(SPLIT));
        assertThat(enumerator.snapshotState(1).unassigned()).contains(SPLIT);

        // When two readers come
        come(enumerator, 1);
        come(enumerator, 0);

        // Then the first has it, and neither waits for more
        assertAssigned(1, List.of(SPLIT));
        assertAssigned(0, List.of());
        assertThat(enumerator.snapshotState(2).unassigned()).isEmpty();
    }

    @Test
    void givesASplitThatCameBackToTheNextReaderWithItsPosition() {
        // Given a reader that failed before a checkpoint
        ReplayEnumerator enumerator = enumerator(Optional.of(SPLIT));
        come(enumerator, 0);
        enumerator.addSplitsBack(List.of(SPLIT), 0);
        assertThat(enumerator.snapshotState(1).unassigned()).contains(SPLIT);

        // When the next one comes
        come(enumerator, 1);

        // Then it goes on where the other began
        assertAssigned(1, List.of(SPLIT));
    }

    @Test
    void hasNothingToGiveIfAReaderRestoredItsSplit() {
        ReplayEnumerator enumerator = enumerator(Optional.empty());
        enumerator.addSplitsBack(List.of(), 0);
        come(enumerator, 0);

        assertAssigned(0, List.of());
    }

    private ReplayEnumerator enumerator(Optional<ReplaySplit> unassigned) {
        return new ReplayEnumerator(context, new ReplayEnumeratorState(unassigned));
    }

    private void come(ReplayEnumerator enumerator, int subtask) {
        context.registerReader(subtask, "localhost");
        enumerator.addReader(subtask);
    }

    private void assertAssigned(int subtask, List<ReplaySplit> splits) {
        var assignment = context.getSplitAssignments().get(subtask);
        assertThat(assignment.getAssignedSplits()).isEqualTo(splits);
        assertThat(assignment.hasReceivedNoMoreSplitsSignal()).isTrue();
    }
}
