package io.massivepipeline.sources.live;

import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class LiveEnumeratorTest {

    private final MockSplitEnumeratorContext<LiveSplit> context =
            new MockSplitEnumeratorContext<>(3);

    @Test
    void oneReaderGetsTheSplitWhateverTheParallelism() {
        LiveEnumerator enumerator = enumerator(Optional.of(LiveSplit.begin()));

        for (int subtask : new int[] {2, 0, 1}) {
            register(enumerator, subtask);
        }

        assertThat(context.getSplitsAssignmentSequence()).hasSize(1);
        assertThat(context.getSplitsAssignmentSequence().get(0).assignment())
                .containsOnlyKeys(2)
                .containsEntry(2, List.of(LiveSplit.begin()));
        assertThat(enumerator.snapshotState(1).unassigned()).isEmpty();
    }

    @Test
    void aSplitThatComesBackKeepsItsPosition() {
        LiveEnumerator enumerator = enumerator(Optional.empty());
        LiveSplit split = new LiveSplit(4_711, 99, 2);

        enumerator.addSplitsBack(List.of(split), 0);
        assertThat(enumerator.snapshotState(1).unassigned()).contains(split);
        register(enumerator, 0);

        assertThat(context.getSplitsAssignmentSequence().get(0).assignment())
                .containsEntry(0, List.of(split));
    }

    private LiveEnumerator enumerator(Optional<LiveSplit> unassigned) {
        return new LiveEnumerator(context, new LiveEnumeratorState(unassigned));
    }

    private void register(LiveEnumerator enumerator, int subtask) {
        context.registerReader(new ReaderInfo(subtask, "host"));
        enumerator.addReader(subtask);
    }
}
