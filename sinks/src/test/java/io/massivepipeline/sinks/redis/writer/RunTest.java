package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.Publish;
import io.massivepipeline.sinks.redis.PutString;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.StreamAppend;
import io.massivepipeline.sinks.redis.WriteGroup;
import io.massivepipeline.sinks.redis.script.ScriptResult;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RunTest {

    private static final RedisWrite A = PutString.of("a", "1");
    private static final RedisWrite B = PutString.of("b", "2");
    private static final StreamAppend DIFF = StreamAppend.to("diffs", "v").add(7, 0, "d").build();
    private static final PutString VALUE = PutString.of("value", "{\"v\":7}").ifNewer("v", 7);
    private static final PutString INDEX = PutString.of("index", "7");
    private static final WriteGroup GROUP =
            WriteGroup.of(DIFF, VALUE, INDEX, Publish.of("changes", "7")).orderedBy("snapshot");

    private static ScriptResult done() {
        return new ScriptResult(List.of(), "", "", 0, 0, List.of());
    }

    private static ScriptResult refused(int same) {
        return new ScriptResult(List.of(), "", "", 1, same, List.of());
    }

    private static Run onCluster(RedisWrite... batch) {
        List<Run> runs = Run.of(List.of(batch), true, 500);
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }

    private static List<String> sends(Run run) {
        ByteBuf keys = Unpooled.buffer();
        run.call().keys().writeTo(keys);
        return keys.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("$"))
                .toList();
    }

    @Test
    void writesAGroupMemberByMemberOnACluster() {
        Run run = onCluster(GROUP);

        assertThat(sends(run)).containsExactly("diffs");
        run.acknowledge(done());
        assertThat(sends(run)).containsExactly("value");
        run.acknowledge(done());
        assertThat(sends(run)).containsExactly("index");
        run.acknowledge(done());
        assertThat(sends(run)).as("the message").isEmpty();
        assertThat(run.isDone()).isFalse();
        run.acknowledge(done());
        assertThat(run.isDone()).isTrue();
    }

    @Test
    void endsAGroupAtAPutThatIsOlderThanWhatStands() {
        Run run = onCluster(GROUP);
        run.acknowledge(done());

        run.acknowledge(refused(0));

        assertThat(run.isDone()).isTrue();
    }

    @Test
    void goesOnWithAGroupAfterAPutThatStandsAlready() {
        Run run = onCluster(GROUP);
        run.acknowledge(done());

        run.acknowledge(refused(1));

        assertThat(sends(run)).containsExactly("index");
    }

    @Test
    void saysAllKeysThatReplicasMustConfirm() {
        assertThat(onCluster(GROUP).keys()).containsExactly("diffs", "value", "index");
    }

    @Test
    void remembersTheLossesSinceItsFirstWriteWasCarriedOut() {
        Run run = Run.of(List.of(A, B), false, 500).get(0);
        run.sending(3);
        // No answer, so all is sent again
        run.sending(4);
        assertThat(run.losses()).isEqualTo(4);

        // The rest goes out after one more loss, which may have taken the first write with it
        run.acknowledge(new ScriptResult(List.of(B), "OOM", "b", 0, 0, List.of()));
        run.sending(5);
        assertThat(run.losses()).isEqualTo(4);

        run.repeat();
        run.sending(5);
        assertThat(run.losses()).isEqualTo(5);
        assertThat(sends(run)).containsExactly("a", "b");
    }

    @Test
    void remembersThemForAGroupOnAClusterToo() {
        Run run = onCluster(GROUP);
        run.sending(1);
        run.acknowledge(done());

        run.sending(2);

        assertThat(run.losses()).isEqualTo(1);
    }
}
