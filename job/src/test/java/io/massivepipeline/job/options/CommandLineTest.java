package io.massivepipeline.job.options;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CommandLineTest {

    @TempDir Path folder;

    @Test
    void takesOptionsInBothForms() {
        CommandLine line =
                CommandLine.parse("--source", "replay", "--feed=a=b.txt", "--order.delay", "2 s");

        PipelineSettings settings = PipelineSettings.from(line.options());

        assertThat(settings.source()).isEqualTo(SourceKind.REPLAY);
        assertThat(settings.feed()).contains(Path.of("a=b.txt"));
        assertThat(settings.orderDelay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.dedupHorizon()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void takesFlinksOwnOptionsByTheirPrefixes() {
        CommandLine line = CommandLine.parse("--parallelism.default", "4");

        assertThat(line.options().toMap()).containsEntry("parallelism.default", "4");
    }

    @Test
    void argumentsWinOverTheFile() throws IOException {
        Path file = folder.resolve("options.yaml");
        Files.writeString(
                file,
                """
                source: replay
                order:
                  delay: 2 s
                dedup.horizon: 5 min
                trades.underlyings: [SPX, NDX]
                """);

        CommandLine line = CommandLine.parse("--config", file.toString(), "--order.delay", "0");

        assertThat(line.options().toMap())
                .containsEntry("order.delay", "0")
                .containsEntry("dedup.horizon", "5 min")
                .containsEntry("trades.underlyings", "SPX,NDX")
                .doesNotContainKey("config");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --feeed x             | Unknown option --feeed; --help lists them all.
                    feed.txt              | Expected an option such as --feed FILE instead of 'feed.txt'.
                    --feed                | Option --feed lacks its value.
                    --feed --source       | Option --feed lacks its value.
                    --redis.password s3cr | Unknown option --redis.password; --help lists them all.
                    """)
    void saysInOneLineWhatCannotBeUsed(String arguments, String message) {
        assertThatThrownBy(() -> CommandLine.parse(arguments.split(" ")))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    @Test
    void refusesAFileThatIsNotThereOrNotYaml() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "a: [1");
        Path unknown = Files.writeString(folder.resolve("unknown.yaml"), "feeed: x");

        assertThatThrownBy(() -> CommandLine.parse("--config", "nowhere.yaml"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--config: nowhere.yaml is not a file that can be read.");
        assertThatThrownBy(() -> CommandLine.parse("--config", broken.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith("is not a YAML file of options.");
        assertThatThrownBy(() -> CommandLine.parse("--config", unknown.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Unknown option --feeed");
    }

    @Test
    void theHelpNamesEveryOptionWithItsDefault() {
        String help = Help.text();

        PipelineOptions.ALL.forEach(option -> assertThat(help).contains("--" + option.key()));
        assertThat(help).contains("--order.delay [100 ms]", "--trades.max-length [100000]");
        assertThat(help.lines()).allMatch(line -> line.length() <= 100);
    }
}
