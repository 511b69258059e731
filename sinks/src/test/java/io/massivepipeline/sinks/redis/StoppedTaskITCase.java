package io.massivepipeline.sinks.redis;

import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.fixtures.redis.RespClient;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.TestSinkInitContext;
import org.apache.flink.util.function.ThrowingRunnable;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What Redis answers when the task has taken its last checkpoint and is about to end. */
class StoppedTaskITCase {

    @Test
    void anAnswerBehindTheLastCheckpointFailsNothing() throws Exception {
        try (RedisServer redis = RedisServers.embedded(RedisOptions.defaults());
                RespClient client = redis.connect()) {
            // Given a write that a timer made behind the savepoint of a job that is stopped
            StoppingTask task = new StoppingTask();
            StatefulSinkWriter<RedisWrite, BufferedRequestState<RedisWrite>> writer =
                    RedisSink.<RedisWrite>builder()
                            .setConnection(RedisConnectionConfig.of(redis.uri()))
                            .setConverter((write, out) -> out.accept(write))
                            .build()
                            .createWriter(task);
            writer.write(PutString.of("key", "value"), null);
            writer.writeWatermark(new Watermark(1));

            // When Redis has answered and the mailbox takes nothing in any more
            await().atMost(Duration.ofSeconds(20)).until(() -> task.mails.get() > 0);
            task.quiescent = true;
            while (task.getMailboxExecutor().tryYield()) {
                continue;
            }

            // Then the task goes on to its end
            writer.close();
            assertThat(client.text("GET", "key")).isEqualTo("value");
        }
    }

    /** A task whose mailbox can be closed to what is new. */
    private static final class StoppingTask extends TestSinkInitContext {

        private final AtomicInteger mails = new AtomicInteger();
        private volatile boolean quiescent;

        @Override
        public MailboxExecutor getMailboxExecutor() {
            return new Quiescing(super.getMailboxExecutor());
        }

        /** As Flink's own once it is drained. */
        private final class Quiescing implements MailboxExecutor {

            private final MailboxExecutor open;

            Quiescing(MailboxExecutor open) {
                this.open = open;
            }

            @Override
            public void execute(
                    MailOptions options,
                    ThrowingRunnable<? extends Exception> command,
                    String description,
                    Object... arguments) {
                if (quiescent) {
                    throw new RejectedExecutionException("The mailbox is quiesced");
                }
                open.execute(options, command, description, arguments);
                mails.incrementAndGet();
            }

            @Override
            public void yield() throws InterruptedException {
                open.yield();
            }

            @Override
            public boolean tryYield() {
                return open.tryYield();
            }

            @Override
            public boolean shouldInterrupt() {
                return open.shouldInterrupt();
            }
        }
    }
}
