package io.massivepipeline.job;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.management.JMException;
import javax.management.ObjectName;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Tells HotSpot's optimising compiler what is not worth its time, by the JVM's compiler control
 * (JEP 165), since a program that is started by {@code java -jar} has no say in its flags.
 *
 * <p>In a fresh JVM that compiler takes more CPU than the trades, and on few cores it takes them
 * from Redis: a replay of four million trades with all outputs is faster without it altogether. So
 * what little but the start needs, such as the spinning of lambdas, is left to the first compiler,
 * and so are the layers between the job's steps. And some methods of the hot path are called,
 * rather than compiled once more into each of the dozen frames of Flink above them.
 *
 * <p>It is advice: a JVM that does not take it is as right, only slower in its first seconds.
 */
final class CompilerAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(CompilerAdvice.class);

    private static final String DIRECTIVES = "compiler-directives.json";

    private CompilerAdvice() {}

    /**
     * Gives it to the JVM of this process.
     *
     * @return whether it was taken
     */
    static boolean give() {
        try {
            Path file = Files.createTempFile("massive-pipeline-", ".json");
            try (InputStream directives = CompilerAdvice.class.getResourceAsStream(DIRECTIVES)) {
                Files.copy(directives, file, StandardCopyOption.REPLACE_EXISTING);
                String answer = add(file);
                LOG.debug("Advice on what to compile: {}", answer);
                return answer.contains("directives added");
            } finally {
                Files.delete(file);
            }
        } catch (IOException | JMException | RuntimeException notTaken) {
            LOG.debug("The JVM takes no advice on what to compile", notTaken);
            return false;
        }
    }

    private static String add(Path file) throws JMException {
        Object answer =
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "compilerDirectivesAdd",
                                new Object[] {new String[] {file.toString()}},
                                new String[] {String[].class.getName()});
        return String.valueOf(answer);
    }
}
