package io.massivepipeline.job;

import io.massivepipeline.fixtures.redis.RedisServer;

import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A savepoint of a released version, with the Redis of that moment and whatever else it belongs to.
 * What is kept is never written again; a version adds its own.
 *
 * @param folder where all of it is
 */
record KeptSavepoint(Path folder) {

    private static final Path KEPT = Path.of("src/test/resources/savepoints");

    /** Of a version, by the name of its folder. */
    static KeptSavepoint named(String name) {
        return new KeptSavepoint(KEPT.resolve(name));
    }

    /** The names of all whose folder ends so; an ending begins with a hyphen. */
    static List<String> names(String ending) throws IOException {
        try (Stream<Path> kept = Files.list(KEPT)) {
            return kept.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.replaceAll("^[^-]*", "").equals(ending))
                    .sorted()
                    .toList();
        }
    }

    /** Something that belongs to it. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** To go on from it; nothing in it may be left over. */
    SavepointRestoreSettings settings() {
        return SavepointRestoreSettings.forPath(
                file("savepoint").toAbsolutePath().toString(), false);
    }

    /** Fills a Redis with what stood in it then. */
    void restore(RedisServer redis) throws IOException {
        RedisDump.restore(file("redis.txt"), redis);
    }

    /** Keeps what stands in Redis. */
    void keep(RedisServer redis) throws IOException {
        RedisDump.save(redis, file("redis.txt"));
    }

    /**
     * Keeps a savepoint.
     *
     * @param uri as Flink told it
     */
    void keep(String uri) throws IOException {
        copy(Path.of(URI.create(uri)), file("savepoint"));
    }

    /** Copies the files of a folder into a new one. */
    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
