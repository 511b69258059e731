package io.massivepipeline.sources.live;

import io.massivepipeline.fixtures.provider.ProviderLog;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.sources.feed.RawFrame;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A process of its own that is killed without warning, and started again with the same folders. */
@Timeout(180)
class LiveKillITCase {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir Path folder;

    @Test
    void aKilledProcessLosesNoFrameThatItReceived() throws Exception {
        try (StandInProvider provider = StandInProvider.start(ProviderOptions.withKey("k-1"))) {
            ProviderLog log = provider.log();
            Process first = process(provider, "first");
            await().atMost(SOON).until(() -> provider.channels().contains("T.*"));
            List<String> delivered;
            try (Trades trades = Trades.at(5_000, provider)) {
                // Given checkpoints, and frames behind them
                await().atMost(SOON).until(() -> log.events() > 10_000 && checkpoints() > 2);
                first.destroyForcibly().waitFor();
                delivered = receivedBefore(log);
                Process second = process(provider, "second");
                try {
                    await().atMost(SOON)
                            .until(
                                    () ->
                                            log.connections() == 2
                                                    && provider.channels().contains("T.*"));
                    long enough = log.events() + 2_000;
                    await().atMost(SOON).until(() -> log.events() > enough);
                    trades.close();
                    await().atMost(SOON)
                            .until(() -> seen().values().containsAll(log.dataFrames(2)));
                } finally {
                    second.destroyForcibly().waitFor();
                }
            }

            // Then every frame has one position, and what the first received is there in order
            List<String> frames = new ArrayList<>(seen().values());
            assertThat(frames.subList(0, delivered.size())).isEqualTo(delivered);
            assertThat(frames).endsWith(log.dataFrames(2).toArray(String[]::new));
            assertThat(frames.size()).isLessThanOrEqualTo(log.dataFrames().size());
        }
    }

    /** What the killed process had read of its socket, as its journal says, no later than this. */
    private List<String> receivedBefore(ProviderLog log) {
        List<String> sent = log.dataFrames(1);
        // Frames in the operating system's buffers of the killed process were never received: on a
        // busy machine those of half a second.
        return sent.subList(0, sent.size() - 100);
    }

    private long checkpoints() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.endsWith("_metadata"))
                    .mapToLong(
                            file ->
                                    Long.parseLong(
                                            file.getParent()
                                                    .getFileName()
                                                    .toString()
                                                    .replace("chk-", "")))
                    .max()
                    .orElse(0);
        }
    }

    /** Frames with data by position, over both processes; the same position never tells two. */
    private Map<Long, String> seen() throws IOException {
        Map<Long, String> frames = new TreeMap<>();
        for (String name : List.of("first", "second")) {
            Path file = folder.resolve(name);
            if (!Files.exists(file)) {
                continue;
            }
            for (String line : Files.readString(file).split("\n")) {
                int tab = line.indexOf('\t');
                if (tab > 0 && line.contains("\"ev\":\"T\"") && line.endsWith("]")) {
                    String frame = line.substring(tab + 1);
                    assertThat(frames.getOrDefault(Long.parseLong(line.substring(0, tab)), frame))
                            .isEqualTo(frame);
                    frames.put(Long.parseLong(line.substring(0, tab)), frame);
                }
            }
        }
        return frames;
    }

    private Process process(StandInProvider provider, String name) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(command::add);
        command.addAll(
                List.of(
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LiveKillITCase.class.getName(),
                        provider.uri(),
                        folder.toString(),
                        name));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    /** The process: writes each frame that comes out behind its position. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        Path out = folder.resolve(args[2]);
        Path checkpoints = Files.createDirectories(folder.resolve("checkpoints"));
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        if (args[2].equals("second")) {
            settings.set(
                    StateRecoveryOptions.SAVEPOINT_PATH, LiveJob.newestCheckpoint(checkpoints));
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.setParallelism(1);
        LiveSource source =
                LiveSource.builder()
                        .url(args[0])
                        .apiKey(() -> "k-1")
                        .journal(folder.resolve("journal").toString(), 1L << 30)
                        .build();
        String file = out.toString();
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "live")
                .uid("live")
                .map(
                        event -> {
                            if (event instanceof RawFrame frame) {
                                String text = new String(frame.payload(), StandardCharsets.UTF_8);
                                Files.writeString(
                                        Path.of(file),
                                        frame.position() + "\t" + text + "\n",
                                        StandardOpenOption.CREATE,
                                        StandardOpenOption.APPEND);
                            }
                            return event;
                        })
                .returns(source.getProducedType())
                .uid("file")
                .sinkTo(new DiscardingSink<>())
                .uid("sink");
        env.execute();
    }
}
