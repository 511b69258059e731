package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.GatheredOutput;
import io.massivepipeline.sources.trade.OptionContract;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class RecentTradesTest {

    private final RecentTrades recent = new RecentTrades();

    @Test
    void countsCompletedSecondsOnly() {
        // Given trades in four seconds
        add(1000, "A", 1);
        add(52_000, "A", 1);
        add(61_000, "B", 1);
        add(61_000, "B", 1);
        add(62_000, "B", 1);

        // When the last but one is completed
        recent.advanceTo(61_000);

        // Then the last one is not in the rates, and neither is the one before the minute
        assertThat(recent.rates(9)).isEqualTo(new Rates(2, 3, 3, 9));
        assertThat(recent.contractsActive()).isEqualTo(2);
    }

    @Test
    void aContractIsActiveUntilItsLastTradeIsAMinuteOld() {
        add(1000, "A", 1);
        add(2000, "A", 1);

        recent.advanceTo(61_000);
        assertThat(recent.contractsActive()).isEqualTo(1);
        assertThat(recent.isEmpty()).isFalse();

        recent.advanceTo(62_000);
        assertThat(recent.contractsActive()).isZero();
        assertThat(recent.isEmpty()).isTrue();
    }

    @Test
    void ranksContractsByVolumeThenByName() {
        add(1000, "A", 3);
        add(1000, "C", 7);
        add(1000, "B", 7);
        add(2000, "A", 1);
        add(2000, "CANCEL", 0);
        recent.advanceTo(2000);

        assertThat(recent.top(2)).containsExactly(volume("B", 7), volume("C", 7));
        assertThat(recent.top(50)).hasSize(3).last().isEqualTo(volume("A", 4));
    }

    @Test
    void agreesWithCountingEverythingAnew() throws Exception {
        // Given random trades in seconds that never go back, and time that follows unevenly
        Random random = new Random(11);
        record Traded(long second, OptionContract contract, int volume) {}
        List<Traded> all = new ArrayList<>();
        RecentTrades tested = recent;
        RecentTrades read = new RecentTrades();
        byte[] written = bytes(read);
        long second = 1000;
        long completed = 0;
        for (int i = 0; i < 20_000; i++) {
            second += random.nextInt(20) == 0 ? 1000L * random.nextInt(5) : 0;
            Traded traded =
                    new Traded(second, contract("C" + random.nextInt(40)), random.nextInt(9));
            all.add(traded);
            tested.add(second, traded.contract(), traded.volume(), completed);
            if (random.nextInt(300) != 0) {
                continue;
            }

            // When it is asked, sometimes after a restart or a checkpoint
            completed = Math.max(completed, second - 1000L * random.nextInt(3));
            if (random.nextInt(4) == 0) {
                tested = restarted(tested);
            } else if (random.nextInt(2) == 0) {
                read = tested;
                written = bytes(read);
                tested = tested.copy();
            }
            tested.advanceTo(completed);

            // Then it knows of the minute what a full count finds
            Map<String, Long> volumes = new HashMap<>();
            long[] rates = new long[3];
            for (Traded each : all) {
                long age = (completed - each.second()) / 1000;
                if (each.second() > completed || age >= 60) {
                    continue;
                }
                volumes.merge(each.contract().ticker(), (long) each.volume(), Long::sum);
                rates[0] += age < 1 ? 1 : 0;
                rates[1] += age < 10 ? 1 : 0;
                rates[2]++;
            }
            assertThat(bytes(read)).as("what a checkpoint reads meanwhile").isEqualTo(written);
            assertThat(tested.rates(0)).isEqualTo(new Rates(rates[0], rates[1], rates[2], 0));
            assertThat(tested.contractsActive()).isEqualTo(volumes.size());
            assertThat(tested.top(5))
                    .isEqualTo(
                            volumes.entrySet().stream()
                                    .map(e -> new ContractVolume(e.getKey(), e.getValue()))
                                    .filter(each -> each.volume() > 0)
                                    .sorted(
                                            Comparator.comparing(ContractVolume::volume)
                                                    .reversed()
                                                    .thenComparing(ContractVolume::contract))
                                    .limit(5)
                                    .toList());
        }
    }

    @Test
    void aCopyGoesItsOwnWay() {
        add(1000, "A", 3);
        recent.advanceTo(1000);
        RecentTrades copy = recent.copy();

        add(2000, "A", 1);
        recent.advanceTo(2000);
        copy.advanceTo(2000);

        assertThat(recent.top(1)).containsExactly(volume("A", 4));
        assertThat(copy.top(1)).containsExactly(volume("A", 3));
    }

    private void add(long second, String root, int volume) {
        recent.add(second, contract(root), volume, 0);
    }

    private static OptionContract contract(String root) {
        return OptionContract.parse(ticker(root)).orElseThrow();
    }

    private static ContractVolume volume(String root, long volume) {
        return new ContractVolume(ticker(root), volume);
    }

    private static String ticker(String root) {
        return "O:" + root + "251223C06870000";
    }

    private static RecentTrades restarted(RecentTrades trades) throws Exception {
        return RecentTrades.read(new DataInputDeserializer(bytes(trades)));
    }

    private static byte[] bytes(RecentTrades trades) throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        GatheredOutput gathered = new GatheredOutput();
        gathered.begin(out);
        trades.write(gathered);
        gathered.handOn();
        return out.getCopyOfBuffer();
    }
}
