package io.massivepipeline.sinks.redis;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Where Redis is and how to reach it. Has no secret in it, only where the password is found; that
 * is looked up where and when a connection is opened.
 *
 * <p>Addresses are {@code redis://host:port[/database]}, the same with {@code rediss} for TLS,
 * {@code redis-sentinel://host:port,host:port[/database]#master}, or several {@code redis://} or
 * {@code rediss://} for a Cluster.
 *
 * @param uris at least one; more than one, or {@link Builder#cluster()}, means a Cluster
 * @param cluster whether this is a Cluster
 * @param username the ACL user, or empty for the default user
 * @param passwordFile the file that has the password, or empty
 * @param passwordVariable the environment variable that has the password, if no file is given
 * @param trustStore a PKCS#12 or JKS store without a password, or a PEM file, of the certificates
 *     to trust, or empty for those of the JVM
 * @param clientName how the connections are named in {@code CLIENT LIST}
 * @param connectTimeout for a connection to be established
 * @param commandTimeout after which a call without an answer is made again
 * @param startTimeout how long a Redis that is absent at the first start is waited for
 * @param requestQueueSize how many commands a connection holds at most
 * @param minReplicas how many replicas must have a batch before it counts as written
 */
public record RedisConnectionConfig(
        List<String> uris,
        boolean cluster,
        String username,
        String passwordFile,
        String passwordVariable,
        String trustStore,
        String clientName,
        Duration connectTimeout,
        Duration commandTimeout,
        Duration startTimeout,
        int requestQueueSize,
        int minReplicas)
        implements Serializable {

    /** Where the password is looked for unless a file is given. */
    public static final String DEFAULT_PASSWORD_VARIABLE = "REDIS_PASSWORD";

    public RedisConnectionConfig {
        uris = List.copyOf(uris);
        if (uris.isEmpty()) {
            throw new IllegalArgumentException("No Redis address is given.");
        }
        uris.forEach(RedisConnectionConfig::check);
        if (cluster && uris.stream().anyMatch(uri -> uri.contains("-sentinel:"))) {
            throw new IllegalArgumentException("A Cluster cannot be reached through Sentinel.");
        }
        if (requestQueueSize < 1 || minReplicas < 0) {
            throw new IllegalArgumentException(
                    "The request queue must hold a command, and replicas cannot be negative.");
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The plain configuration for addresses separated by commas. */
    public static RedisConnectionConfig of(String uri) {
        return builder().uri(uri).build();
    }

    private static void check(String uri) {
        int authority = uri.indexOf("://");
        String scheme = authority < 0 ? "" : uri.substring(0, authority);
        if (!List.of("redis", "rediss", "redis-sentinel", "rediss-sentinel").contains(scheme)) {
            throw new IllegalArgumentException(
                    "A Redis address begins with redis://, rediss:// or redis-sentinel://.");
        }
        if (uri.indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "A Redis address must not have a user or a password in it: give the user name by"
                            + " its own option and the password in a file or in an environment"
                            + " variable.");
        }
        if (scheme.endsWith("-sentinel") && uri.indexOf('#') < 0) {
            throw new IllegalArgumentException(
                    "A Sentinel address ends with #, followed by the name of the master.");
        }
    }

    /** For messages: the addresses, which have no secret. */
    public String address() {
        return String.join(",", uris);
    }

    @Override
    public String toString() {
        return "Redis at " + address() + (username.isEmpty() ? "" : " as " + username);
    }

    /** Defaults: localhost, no TLS, the password in {@code REDIS_PASSWORD}, no replicas. */
    public static final class Builder {

        private List<String> uris = List.of("redis://localhost:6379");
        private boolean cluster;
        private String username = "";
        private String passwordFile = "";
        private String passwordVariable = DEFAULT_PASSWORD_VARIABLE;
        private String trustStore = "";
        private String clientName = "flink";
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration commandTimeout = Duration.ofSeconds(10);
        private Duration startTimeout = Duration.ofSeconds(30);
        private int requestQueueSize = 50_000;
        private int minReplicas;

        private Builder() {}

        /** One address, or several separated by commas for a Cluster. */
        public Builder uri(String uri) {
            return uris(
                    uri.contains("-sentinel:")
                            ? List.of(uri.strip())
                            : List.of(uri.strip().split("\\s*,\\s*")));
        }

        public Builder uris(List<String> addresses) {
            uris = addresses;
            cluster = cluster || addresses.size() > 1;
            return this;
        }

        /** Says that even a single address is one of a Cluster. */
        public Builder cluster() {
            cluster = true;
            return this;
        }

        public Builder username(String user) {
            username = user;
            return this;
        }

        public Builder passwordFile(String path) {
            passwordFile = path;
            return this;
        }

        public Builder passwordVariable(String name) {
            passwordVariable = name;
            return this;
        }

        public Builder trustStore(String path) {
            trustStore = path;
            return this;
        }

        public Builder clientName(String name) {
            clientName = name;
            return this;
        }

        public Builder connectTimeout(Duration timeout) {
            connectTimeout = timeout;
            return this;
        }

        public Builder commandTimeout(Duration timeout) {
            commandTimeout = timeout;
            return this;
        }

        public Builder startTimeout(Duration timeout) {
            startTimeout = timeout;
            return this;
        }

        public Builder requestQueueSize(int commands) {
            requestQueueSize = commands;
            return this;
        }

        public Builder minReplicas(int replicas) {
            minReplicas = replicas;
            return this;
        }

        /**
         * @throws IllegalArgumentException if an address is wrong or has a password in it
         */
        public RedisConnectionConfig build() {
            return new RedisConnectionConfig(
                    uris,
                    cluster,
                    username,
                    passwordFile,
                    passwordVariable,
                    trustStore,
                    clientName,
                    connectTimeout,
                    commandTimeout,
                    startTimeout,
                    requestQueueSize,
                    minReplicas);
        }
    }
}
