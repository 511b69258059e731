package io.massivepipeline.sinks.redis.connection;

import io.massivepipeline.sinks.redis.RedisConnectionConfig;
import io.massivepipeline.sinks.redis.RedisSinkException;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Makes the client's addresses of a configuration, with credentials that are looked up late. */
public final class RedisUris {

    private final RedisConnectionConfig config;
    private final UnaryOperator<String> environment;

    /**
     * @param environment value by name of a variable, null where there is none
     */
    public RedisUris(RedisConnectionConfig config, UnaryOperator<String> environment) {
        this.config = config;
        this.environment = environment;
    }

    /** The addresses; every time a connection is made, the password is read again. */
    public List<RedisURI> create() {
        return config.uris().stream().map(this::create).toList();
    }

    private RedisURI create(String text) {
        RedisURI uri = RedisURI.create(text);
        uri.setClientName(config.clientName());
        uri.setTimeout(config.commandTimeout());
        if (credentials().hasPassword()) {
            uri.setCredentialsProvider(RedisCredentialsProvider.from(this::credentials));
        }
        return uri;
    }

    private RedisCredentials credentials() {
        String user = config.username().isEmpty() ? null : config.username();
        char[] password = password();
        return RedisCredentials.just(user, password);
    }

    private char[] password() {
        if (config.passwordFile().isEmpty()) {
            String value = environment.apply(config.passwordVariable());
            return value == null || value.isEmpty() ? null : value.toCharArray();
        }
        try {
            return Files.readString(Path.of(config.passwordFile())).strip().toCharArray();
        } catch (IOException e) {
            throw new RedisSinkException(
                    "The file of the Redis password cannot be read: " + config.passwordFile(), e);
        }
    }
}
