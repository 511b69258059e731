package io.massivepipeline.job.structure;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class IdMemoryTest {

    private static final long NEVER = Long.MAX_VALUE;

    @Test
    void aRepeatOfANumberedTradeIsRecognised() {
        IdMemory memory = new IdMemory();

        assertThat(memory.claim(1000, 7, 111, true, NEVER)).isEqualTo(7);
        assertThat(memory.claim(1000, 7, 111, true, NEVER)).isEqualTo(IdMemory.REPEAT);
    }

    @Test
    void anotherTradeAtATakenIdGetsTheNextFreeOne() {
        IdMemory memory = new IdMemory();
        memory.claim(1000, 7, 111, true, NEVER);

        assertThat(memory.claim(1000, 7, 222, true, NEVER)).isEqualTo(8);
        assertThat(memory.claim(1000, 7, 333, true, NEVER)).isEqualTo(9);
        assertThat(memory.claim(1000, 7, 222, true, NEVER)).isEqualTo(IdMemory.REPEAT);
    }

    @Test
    void withoutANumberARepeatIsAnotherFill() {
        IdMemory memory = new IdMemory();

        assertThat(memory.claim(1000, 7, 111, false, NEVER)).isEqualTo(7);
        assertThat(memory.claim(1000, 7, 111, false, NEVER)).isEqualTo(8);
        assertThat(memory.claim(1000, 8, 111, false, NEVER)).isEqualTo(9);
        assertThat(memory.claim(1000, 7, 111, false, NEVER)).isEqualTo(10);
    }

    @Test
    void millisecondsDoNotShareIds() {
        IdMemory memory = new IdMemory();

        assertThat(memory.claim(1000, 7, 111, true, NEVER)).isEqualTo(7);
        assertThat(memory.claim(1001, 7, 111, true, NEVER)).isEqualTo(7);
        assertThat(memory.claim(2000, 7, 111, true, NEVER)).isEqualTo(7);
    }

    @Test
    void anIdIsRememberedUntilTheLastTimeThatWasAskedFor() {
        IdMemory memory = new IdMemory();
        memory.claim(1000, 7, 111, true, 5000);
        memory.claim(1000, 9, 111, true, 9000);

        memory.forget(8999);
        assertThat(memory.claim(1000, 7, 111, true, 9000)).isEqualTo(IdMemory.REPEAT);
        assertThat(memory.nextForgetting()).isEqualTo(9000);

        memory.forget(9000);
        assertThat(memory.isEmpty()).isTrue();
        assertThat(memory.claim(1000, 7, 111, true, 9999)).isEqualTo(7);
    }

    @Test
    void manyFillsOfOneMillisecondCostNoMoreEachThanFew() {
        // Given as many fills that can't be told apart as would take hours if each looked at all
        IdMemory memory = new IdMemory();
        int fills = 2_000_000;

        // When they are numbered
        long last = -1;
        for (int i = 0; i < fills; i++) {
            last = memory.claim(1000, 7, 111, false, NEVER);
        }

        // Then each has its own
        assertThat(last).isEqualTo(7 + fills - 1);
    }

    @Test
    void survivesBytesAndCopies() throws IOException {
        // Given a memory with thousands of random ids
        IdMemory memory = new IdMemory();
        Map<String, Long> fingerprints = new HashMap<>();
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            long timestamp = 1_766_437_799_000L + random.nextInt(3000);
            long sequence = random.nextLong() >>> 1;
            memory.claim(timestamp, sequence, i, true, timestamp + 1);
            fingerprints.put(timestamp + "-" + sequence, (long) i);
        }

        // When it goes through bytes, and through a copy
        IdMemory read = IdMemory.read(new DataInputDeserializer(bytes(memory)));
        IdMemory copy = memory.copy();

        // Then both know every id, and the copy is one of its own
        fingerprints.forEach(
                (id, fingerprint) -> {
                    String[] parts = id.split("-");
                    long timestamp = Long.parseLong(parts[0]);
                    long sequence = Long.parseLong(parts[1]);
                    for (IdMemory one : new IdMemory[] {read, copy}) {
                        assertThat(one.claim(timestamp, sequence, fingerprint, true, 0))
                                .isEqualTo(IdMemory.REPEAT);
                    }
                });
        assertThat(read.nextForgetting()).isEqualTo(memory.nextForgetting());
        copy.forget(NEVER);
        assertThat(memory.isEmpty()).isFalse();
    }

    /** As a checkpoint reads the one while trades change the other. */
    @Test
    void aCopyAndItsOriginalDoNotLearnFromEachOther() throws IOException {
        // Given a memory, its bytes and a copy
        IdMemory memory = new IdMemory();
        for (int i = 0; i < 100; i++) {
            memory.claim(1000 + i, 7, 111, true, 5000);
            memory.claim(2000 + i, 7, 111, true, 6000);
        }
        byte[] before = bytes(memory);
        IdMemory copy = memory.copy();

        // When the copy gives out more ids in a second that it shares and in one of its own
        assertThat(copy.claim(2000, 8, 222, true, 9000)).isEqualTo(8);
        assertThat(copy.claim(2000, 7, 111, true, 9000)).isEqualTo(IdMemory.REPEAT);
        assertThat(copy.claim(3000, 7, 111, true, 9000)).isEqualTo(7);

        // Then the original has stayed as it was, and another copy of the copy has not
        assertThat(bytes(memory)).isEqualTo(before);
        assertThat(copy.copy().claim(2000, 8, 222, true, 9000)).isEqualTo(IdMemory.REPEAT);

        // And the other way round
        assertThat(memory.claim(1000, 9, 333, true, 9000)).isEqualTo(9);
        assertThat(copy.claim(1000, 9, 333, true, 9000)).isEqualTo(9);
    }

    /** Busy and idle seconds, trades out of order, and a checkpoint now and then. */
    @Test
    void whateverTheBucketsEachIdIsGivenOnceWithinTheHorizon() throws IOException {
        // Given what was claimed of seconds that come out of order, with pauses, in bursts
        IdMemory memory = new IdMemory();
        Map<Long, Set<Long>> taken = new HashMap<>();
        Random random = new Random(11);
        long newest = 1_766_437_799_000L;
        for (int i = 0; i < 100_000; i++) {
            newest += random.nextInt(1000) == 0 ? random.nextInt(100_000) : random.nextInt(200);
            long timestamp = newest - random.nextInt(20_000);
            Set<Long> sequences = taken.computeIfAbsent(timestamp, any -> new HashSet<>());

            // When another trade claims an id of that millisecond
            long given = memory.claim(timestamp, random.nextInt(2), i, true, newest + 120_000);

            // Then it is a free one, whose trade is known again if it is repeated
            assertThat(sequences.add(given)).isTrue();
            assertThat(memory.claim(timestamp, given, i, true, newest + 120_000))
                    .isEqualTo(IdMemory.REPEAT);
            if (random.nextInt(100) == 0) {
                memory.forget(newest);
            }
            if (random.nextInt(500) == 0) {
                memory = memory.copy();
            }
            if (random.nextInt(5000) == 0) {
                memory = IdMemory.read(new DataInputDeserializer(bytes(memory)));
            }
        }
    }

    private static byte[] bytes(IdMemory memory) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        GatheredOutput gathered = new GatheredOutput();
        gathered.begin(out);
        memory.write(gathered);
        gathered.handOn();
        return out.getCopyOfBuffer();
    }
}
