package io.massivepipeline.sources.poll;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Between the thread that asks and the thread of the task. Bounded: whoever puts waits as long as
 * it is full. Nobody who takes ever waits.
 */
final class Handover<T> {

    private final Object lock = new Object();
    private final Queue<T> queue = new ArrayDeque<>();
    private final int capacity;
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private Throwable failure;

    Handover(int capacity) {
        this.capacity = capacity;
    }

    void put(T element) throws InterruptedException {
        CompletableFuture<Void> complete;
        synchronized (lock) {
            while (queue.size() >= capacity) {
                lock.wait();
            }
            queue.add(element);
            complete = available;
        }
        complete.complete(null);
    }

    /** Nothing more will come, and this is why. */
    void fail(Throwable reason) {
        CompletableFuture<Void> complete;
        synchronized (lock) {
            failure = reason;
            complete = available;
        }
        complete.complete(null);
    }

    /** The next element, or null if there is none. */
    T poll() {
        synchronized (lock) {
            T element = queue.poll();
            lock.notifyAll();
            return element;
        }
    }

    boolean isEmpty() {
        synchronized (lock) {
            return queue.isEmpty();
        }
    }

    /** Why nothing more will come, or null if more will. */
    Throwable failure() {
        synchronized (lock) {
            return failure;
        }
    }

    /** Complete when there is an element, or a failure. */
    CompletableFuture<Void> available() {
        synchronized (lock) {
            if (!queue.isEmpty() || failure != null) {
                return CompletableFuture.completedFuture(null);
            }
            if (available.isDone()) {
                available = new CompletableFuture<>();
            }
            return available;
        }
    }
}
