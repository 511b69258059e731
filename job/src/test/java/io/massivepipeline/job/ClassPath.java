package io.massivepipeline.job;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The classes that this JVM could load, without loading them. */
final class ClassPath {

    private static final String CLASS = ".class";

    private ClassPath() {}

    /** Their names, with slashes. */
    static List<String> names() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .flatMap(ClassPath::files)
                .filter(file -> file.endsWith(CLASS))
                .map(file -> file.substring(0, file.length() - CLASS.length()))
                .toList();
    }

    private static Stream<String> files(Path place) {
        try {
            return (Files.isDirectory(place) ? filesIn(place) : entriesOf(place)).stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(folder::relativize)
                    .map(file -> file.toString().replace(File.separatorChar, '/'))
                    .toList();
        }
    }

    private static List<String> entriesOf(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }
}
