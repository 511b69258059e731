package io.massivepipeline.sinks.redis.retry;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The error replies are those of Redis 6.2 and 7.0, word by word. */
class ErrorClassifierTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOADING Redis is loading the dataset in memory",
                "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN"
                        + " NOSAVE.",
                "READONLY You can't write against a read only replica.",
                "OOM command not allowed when used memory > 'maxmemory'.",
                "-OOM command not allowed when used memory > 'maxmemory'.",
                "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to"
                        + " persist to disk.",
                "NOREPLICAS Not enough good replicas to write.",
                "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
                "CLUSTERDOWN The cluster is down",
                "CLUSTERDOWN Hash slot not served",
                "TRYAGAIN Multiple keys request during rehashing of slot",
                "MOVED 3999 127.0.0.1:6381",
                "ASK 3999 127.0.0.1:6381",
                "ERR max number of clients reached"
            })
    void triesAgainWhatPasses(String reply) {
        assertThat(ErrorClassifier.classify(reply)).isEqualTo(ErrorKind.RETRYABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WRONGTYPE Operation against a key holding the wrong kind of value",
                "NOAUTH Authentication required.",
                "WRONGPASS invalid username-password pair or user is disabled.",
                "NOPERM this user has no permissions to run the 'evalsha' command",
                "ERR Error running script (call to f_0): @user_script:1: x",
                "ERR unknown command `EVALSHA`, with args beginning with: ",
                "something without a code",
                ""
            })
    void failsForGoodOnWhatDoesNotPass(String reply) {
        assertThat(ErrorClassifier.classify(reply)).isEqualTo(ErrorKind.FATAL);
    }

    @Test
    void asksForTheScript() {
        assertThat(ErrorClassifier.classify("NOSCRIPT No matching script. Please use EVAL."))
                .isEqualTo(ErrorKind.SCRIPT_UNKNOWN);
    }

    static Stream<Exception> lostConnections() {
        return Stream.of(
                new RedisConnectionException("Unable to connect"),
                new RedisCommandTimeoutException("Command timed out after 10 second(s)"),
                new IOException("Connection reset by peer"),
                new ClosedChannelException(),
                new CompletionException(new IOException("Broken pipe")));
    }

    @ParameterizedTest
    @MethodSource("lostConnections")
    void triesAgainAfterALostConnection(Exception failure) {
        assertThat(ErrorClassifier.classify(failure)).isEqualTo(ErrorKind.RETRYABLE);
    }

    @Test
    void looksForTheReplyBehindAFailedConnection() {
        Exception refused =
                new RedisConnectionException(
                        "Unable to connect",
                        new RedisCommandExecutionException("WRONGPASS invalid password"));

        assertThat(ErrorClassifier.classify(refused)).isEqualTo(ErrorKind.FATAL);
    }

    @Test
    void failsForGoodOnAMistakeOfTheProgram() {
        assertThat(ErrorClassifier.classify(new IllegalStateException("a bug")))
                .isEqualTo(ErrorKind.FATAL);
    }
}
