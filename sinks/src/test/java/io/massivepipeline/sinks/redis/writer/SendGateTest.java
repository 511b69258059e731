package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.PutString;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.WriteGroup;

import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.connector.base.sink.writer.strategy.BasicRequestInfo;
import org.apache.flink.connector.base.sink.writer.strategy.BasicResultInfo;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** Two batches of at most three writes, ten writes and a thousand bytes held, 5 ms of linger. */
class SendGateTest {

    private static final BasicRequestInfo ANY = new BasicRequestInfo(1);

    private final AtomicLong clock = new AtomicLong();
    private final SendGate gate =
            new SendGate(
                    new BatchLimits(2, 3, 1_000, 3, 10, 1_000, Duration.ofMillis(5)), clock::get);

    private void add(String... writes) {
        for (String write : writes) {
            String key = write.substring(0, 1);
            gate.add(new RequestEntryWrapper<>(PutString.of(key, write), 10), false);
        }
    }

    private List<String> send() {
        List<RedisWrite> batch = gate.createNextBatch(ANY, gate).getBatchEntries();
        gate.registerInFlightRequest(ANY);
        return batch.stream().map(write -> ((PutString) write).text()).toList();
    }

    private void complete(String... keys) {
        gate.release(List.of(keys));
        gate.registerCompletedRequest(new BasicResultInfo(0, 1));
    }

    private boolean isDue() {
        return gate.getMaxBatchSize() == 1;
    }

    @Test
    void keepsTheOrderOfEachKeyAndNoKeyInTwoBatches() {
        add("a1", "a2", "b1", "a3", "a4", "c1");

        // A call has three writes, and the batch is full with them
        assertThat(send()).containsExactly("a1", "a2", "a3");
        assertThat(send()).containsExactly("b1", "c1");
        assertThat(gate.shouldBlock(ANY)).isTrue();

        complete("b", "c");
        assertThat(gate.shouldBlock(ANY)).as("a4 waits for a3").isTrue();
        assertThat(gate.size()).isEqualTo(1);
        complete("a");
        assertThat(send()).containsExactly("a4");
    }

    @Test
    void keepsTheOrderOfGroupsThatAreGivenAKey() {
        for (String snapshot : List.of("s1", "s2", "s3", "s4")) {
            WriteGroup group =
                    WriteGroup.of(PutString.of(snapshot, ""), PutString.of("latest", snapshot));
            gate.add(new RequestEntryWrapper<>(group.orderedBy("latest"), 10), false);
        }

        assertThat(gate.createNextBatch(ANY, gate).getBatchEntries())
                .extracting(write -> write.flattened().get(0).key())
                .containsExactly("s1");
        gate.registerInFlightRequest(ANY);
        assertThat(gate.shouldBlock(ANY)).as("s2 waits for s1").isTrue();
    }

    @Test
    void sendsWhatIsFull() {
        add("a1", "b1");
        assertThat(isDue()).isFalse();
        add("c1");
        assertThat(isDue()).isTrue();
    }

    @Test
    void sendsWhatHasWaited() {
        add("a1");
        clock.set(4);
        assertThat(isDue()).isFalse();
        clock.set(5);
        assertThat(isDue()).isTrue();
    }

    @Test
    void sendsWhatGatheredWhenNothingIsOnItsWayAnyMore() {
        add("a1", "b1", "c1");
        send();
        add("d1");
        assertThat(gate.shouldBlock(ANY)).as("d1 waits for company").isTrue();

        complete("a", "b", "c");
        assertThat(isDue()).isTrue();
        assertThat(send()).containsExactly("d1");
    }

    @Test
    void sendsASecondBatchBesideTheFirstOnlyIfItIsFullOrOld() {
        add("a1", "b1", "c1");
        send();
        add("d1", "e1");
        assertThat(gate.shouldBlock(ANY)).isTrue();
        add("f1");
        assertThat(gate.shouldBlock(ANY)).isFalse();
        send();

        add("g1", "h1", "i1");
        assertThat(gate.shouldBlock(ANY)).as("two are on their way").isTrue();
    }

    @Test
    void neverBlocksWhileNothingIsOnItsWay() {
        assertThat(gate.shouldBlock(ANY)).isFalse();
        add("a1");
        assertThat(gate.shouldBlock(ANY)).isFalse();
    }

    @Test
    void isFullByBytesToo() {
        add("a1");
        assertThat(gate.size()).isEqualTo(1);
        gate.add(new RequestEntryWrapper<>(PutString.of("b", "large"), 990), false);
        assertThat(gate.size()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void addsNothingWhenItIsOnlyAskedToLook() {
        gate.add(new RequestEntryWrapper<>(null, 0), false);
        assertThat(gate.size()).isZero();
        assertThat(gate.getBufferedState()).isEmpty();
    }

    @Test
    void tellsWhatWaits() {
        add("a1", "b1", "a2");
        assertThat(gate.getBufferedState())
                .extracting(wrapper -> ((PutString) wrapper.getRequestEntry()).text())
                .containsExactlyInAnyOrder("a1", "a2", "b1");
    }
}
