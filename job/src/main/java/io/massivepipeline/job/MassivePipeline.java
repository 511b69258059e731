package io.massivepipeline.job;

import io.massivepipeline.job.options.CommandLine;
import io.massivepipeline.job.options.Help;
import io.massivepipeline.job.options.PipelineSettings;
import io.massivepipeline.job.options.SourceKind;
import io.massivepipeline.job.options.UsageException;
import io.massivepipeline.job.output.RedisOutputs;
import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.poll.PollTime;

import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;

/**
 * The program: reads the options, connects sources and outputs to the {@link Pipeline} and runs it,
 * on the cluster to which it was submitted or, started by {@code java -jar}, in this process.
 */
public final class MassivePipeline {

    static final String JOB_NAME = "massive-pipeline";

    private static final Logger LOG = LoggerFactory.getLogger(MassivePipeline.class);

    private static final int EXIT_FAILED = 1;
    private static final int EXIT_USAGE = 2;

    private MassivePipeline() {}

    /**
     * Exits with 2 if the options can't be used, with 1 if the run failed, where the process is the
     * program's own. In a JobManager, by the web UI or in application mode, it throws instead: to
     * exit would end the cluster.
     */
    public static void main(String... arguments) throws Exception {
        try {
            CommandLine commandLine = CommandLine.parse(arguments);
            if (commandLine.helpWanted()) {
                System.out.print(Help.text());
                return;
            }
            run(commandLine.options());
        } catch (UsageException unusable) {
            end(EXIT_USAGE, unusable);
        } catch (RunFailedException failed) {
            end(EXIT_FAILED, failed);
        }
    }

    private static void end(int code, RuntimeException reason) {
        if (!isOwnProcess()) {
            throw reason;
        }
        LOG.debug("The whole story:", reason);
        System.err.println(JOB_NAME + ": " + reason.getMessage());
        System.exit(code);
    }

    private static void run(Configuration given) throws Exception {
        PipelineSettings settings = PipelineSettings.from(given);
        LOG.info(Help.effective(given));
        PollTime time = PollTime.system();
        Source<FeedEvent, ?, ?> feed = Feeds.of(settings, time.clock());
        StreamExecutionEnvironment env = FlinkDefaults.environment(given, !settings.isFastReplay());
        if (env instanceof LocalStreamEnvironment) {
            CompilerAdvice.give();
        }
        // For eyes only, in the web UI: no operator reads them.
        env.getConfig().setGlobalJobParameters(ParameterTool.fromMap(Help.inForce(given)));
        new Pipeline(settings)
                .build(
                        env,
                        feed,
                        Polls.of(settings, time),
                        new RedisOutputs(settings, time.clock()));
        if (env instanceof LocalStreamEnvironment) {
            runHere(env, settings, given);
        } else {
            if (settings.report().isPresent()) {
                LOG.warn("--report is for a replay without a cluster: no page will be written.");
            }
            env.execute(JOB_NAME);
        }
    }

    private static void runHere(
            StreamExecutionEnvironment env, PipelineSettings settings, Configuration given)
            throws IOException {
        if (settings.source() == SourceKind.LIVE) {
            new StandaloneLive(settings).execute(env, given);
        } else {
            new StandaloneReplay(settings).execute(env, given);
        }
        endWell();
    }

    /**
     * All is done, said and closed: whatever thread a library leaves behind, such as netty's global
     * executor with the second that it waits for more to do, must not hold the process.
     */
    private static void endWell() {
        if (isOwnProcess()) {
            System.exit(0);
        }
    }

    private static boolean isOwnProcess() {
        return Thread.currentThread().getName().equals("main");
    }
}
