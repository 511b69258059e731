package io.massivepipeline.sources.provider;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the API key comes from. The key itself is read where it is used and nowhere kept, so that
 * no job graph, state or log holds it.
 */
@FunctionalInterface
public interface ApiKey extends Serializable {

    /** The environment variable that holds the key unless a file does. */
    String VARIABLE = "MASSIVE_API_KEY";

    /**
     * Reads the key.
     *
     * @throws IOException if there is none; the message is one line that says where it was looked
     *     for
     */
    String read() throws IOException;

    /** The key in {@link #VARIABLE}. */
    static ApiKey fromEnvironment() {
        return () -> {
            String key = System.getenv(VARIABLE);
            if (key == null || key.isBlank()) {
                throw new IOException(
                        "No API key: set " + VARIABLE + ", or massive.api-key-file to a file");
            }
            return key.strip();
        };
    }

    /** The key in a file of the machine that connects, white space around it ignored. */
    static ApiKey fromFile(String file) {
        return () -> {
            String key;
            try {
                key = Files.readString(Path.of(file)).strip();
            } catch (IOException e) {
                throw new IOException("No API key: the file " + file + " cannot be read", e);
            }
            if (key.isEmpty()) {
                throw new IOException("No API key: the file " + file + " is empty");
            }
            return key;
        };
    }
}
