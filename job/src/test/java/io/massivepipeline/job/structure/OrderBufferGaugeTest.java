package io.massivepipeline.job.structure;

import io.massivepipeline.sources.trade.OptionTrade;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;

/** How much waits, with state on the heap and where each look at it is another object. */
class OrderBufferGaugeTest {

    private final AtomicReference<Gauge<?>> gauge = new AtomicReference<>();

    @ParameterizedTest
    @MethodSource("backends")
    void saysHowManyTradesWait(StateBackend backend) throws Exception {
        try (MockEnvironment environment = environment();
                KeyedOneInputStreamOperatorTestHarness<String, OptionTrade, TradeBatch> order =
                        harness(environment)) {
            order.setStateBackend(backend);
            order.open();

            for (int millis = 1001; millis <= 1005; millis++) {
                OptionTrade trade = Trades.at(millis, millis).build();
                order.processElement(trade, trade.timestamp());
            }
            assertThat(gauge.get().getValue()).isEqualTo(5L);

            order.processWatermark(1003);
            assertThat(gauge.get().getValue()).isEqualTo(2L);

            order.processWatermark(1005);
            assertThat(gauge.get().getValue()).isEqualTo(0L);
        }
    }

    static List<StateBackend> backends() {
        return List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    private MockEnvironment environment() {
        TestingMetricRegistry registry =
                TestingMetricRegistry.builder()
                        .setRegisterConsumer(
                                (metric, name, group) -> {
                                    if (name.equals("orderBufferSize")) {
                                        gauge.set((Gauge<?>) metric);
                                    }
                                })
                        .build();
        TaskMetricGroup task =
                TaskManagerMetricGroup.createTaskManagerMetricGroup(
                                registry, "localhost", ResourceID.generate())
                        .addJob(new JobID(), "job")
                        .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "order");
        return MockEnvironment.builder().setMetricGroup(task).build();
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, OptionTrade, TradeBatch> harness(
            MockEnvironment environment) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new OrderTrades(Duration.ofMinutes(2)),
                trade -> trade.contract().expiryKey(),
                Types.STRING,
                environment);
    }
}
