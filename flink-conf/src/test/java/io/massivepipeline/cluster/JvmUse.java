package io.massivepipeline.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a JVM holds after a collection: what may leak.
 *
 * @param threads of the operating system
 * @param handles open files and sockets
 * @param jobLoaders class loaders of jobs, one for each that is not forgotten
 * @param metaspace used, kB
 * @param heap used, kB
 * @param fullCollections how often all was stopped to collect since the JVM began, the {@link
 *     #COLLECTIONS} of each look with them
 */
record JvmUse(
        long threads,
        long handles,
        long jobLoaders,
        long metaspace,
        long heap,
        long fullCollections) {

    /**
     * Those that a look asks for. A loader goes with the second when finalizers held something of
     * it.
     */
    static final int COLLECTIONS = 2;

    /** Looks at a process of this machine and user. */
    static JvmUse of(long pid) throws IOException, InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            jcmd(pid, "GC.run");
        }
        return new JvmUse(
                count(Path.of("/proc/" + pid + "/task")),
                count(Path.of("/proc/" + pid + "/fd")),
                jcmd(pid, "VM.classloader_stats")
                        .lines()
                        .filter(line -> line.endsWith("ChildFirstClassLoader"))
                        .count(),
                number(jcmd(pid, "GC.heap_info"), "Metaspace", "used "),
                number(jcmd(pid, "GC.heap_info"), "heap", "used "),
                number(jcmd(pid, "PerfCounter.print"), "sun.gc.collector.1.invocations", "="));
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    private static long number(String text, String line, String before) {
        String found = text.lines().filter(each -> each.contains(line)).findFirst().orElseThrow();
        return Long.parseLong(
                found.substring(found.indexOf(before) + before.length()).replaceFirst("K.*", ""));
    }

    private static String jcmd(long pid, String... command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("jcmd", ".txt");
        String[] line =
                Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                                .toString(),
                                        Long.toString(pid)),
                                Stream.of(command))
                        .toArray(String[]::new);
        int code =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start()
                        .waitFor();
        String text = Files.readString(output);
        Files.delete(output);
        if (code != 0) {
            throw new AssertionError("jcmd failed: " + text);
        }
        return text;
    }
}
