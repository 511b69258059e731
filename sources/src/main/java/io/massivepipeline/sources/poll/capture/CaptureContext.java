package io.massivepipeline.sources.poll.capture;

import io.massivepipeline.sources.capture.Capture;
import io.massivepipeline.sources.poll.ContextAnswer;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Hands answers on and writes them into a file as they come, to be replayed beside a feed: {@code
 * <polled_at_ms><TAB><answer>}, packed if its name ends in {@code .gz}. To be run once, not in
 * parallel. What the file holds already is kept, and mended if it was left without its end.
 *
 * <p>The file is written by a thread of its own; where the disk does not keep up, or fails, answers
 * are left out of the capture and not of the job. What a poller hands on again after a recovery is
 * not written again.
 */
public final class CaptureContext extends RichMapFunction<ContextAnswer, ContextAnswer>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(CaptureContext.class);
    private static final int WAITING = 64;
    private static final long CLOSE_SECONDS = 10;
    private static final String SPOT = "spot";

    private final String file;

    /** Of each question, when its newest answer in the file came. */
    private final Map<String, Long> captured = new HashMap<>();

    private transient ListState<Tuple2<String, Long>> state;
    private transient ThreadPoolExecutor thread;
    private transient Capture capture;
    private transient AnswerWriter writer;

    /**
     * @param file on the machine where this runs
     */
    public CaptureContext(String file) {
        this.file = file;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "captured", Types.TUPLE(Types.STRING, Types.LONG)));
        captured.clear();
        for (Tuple2<String, Long> answer : state.get()) {
            captured.put(answer.f0, answer.f1);
        }
    }

    @Override
    public void open(OpenContext context) {
        writer = new AnswerWriter();
        thread =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        task -> {
                            Thread writing = new Thread(task, "massive-context-capture");
                            writing.setDaemon(true);
                            return writing;
                        });
        thread.execute(() -> capture = Capture.open(file));
    }

    @Override
    public ContextAnswer map(ContextAnswer answer) {
        String question = answer.spot() != null ? SPOT : answer.chain().underlying();
        Long before = captured.put(question, answer.polledAt());
        if (before == null || before != answer.polledAt()) {
            try {
                thread.execute(() -> write(answer));
            } catch (RejectedExecutionException behind) {
                LOG.warn("The capture {} lacks an answer: the disk is too slow", file);
            }
        }
        return answer;
    }

    private void write(ContextAnswer answer) {
        try {
            capture.answer(writer.write(answer), answer.polledAt());
            capture.flush();
        } catch (IOException unwritable) {
            LOG.warn("The capture {} lacks an answer: {}", file, unwritable.getMessage());
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        List<Tuple2<String, Long>> answers = new ArrayList<>();
        captured.forEach((question, at) -> answers.add(Tuple2.of(question, at)));
        state.update(answers);
    }

    /** The file is whole when this returns, and may then be opened by who comes next. */
    @Override
    public void close() throws InterruptedException {
        if (thread == null) {
            return;
        }
        thread.shutdown();
        boolean written = thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        if (written) {
            capture.close();
        } else {
            LOG.warn("The capture {} is left without its end: the disk is too slow", file);
            thread.shutdownNow();
        }
    }
}
