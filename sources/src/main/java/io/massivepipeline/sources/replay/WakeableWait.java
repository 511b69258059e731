package io.massivepipeline.sources.replay;

import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Waiting that another thread can end. A call to end it that comes too early ends the next one. */
final class WakeableWait {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean wakeUp;

    /** Waits; returns whether the time was up, false if it was woken before. */
    boolean await(long nanos) throws InterruptedIOException {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0 && !wakeUp) {
                left = woken.awaitNanos(left);
            }
            boolean undisturbed = !wakeUp;
            wakeUp = false;
            return undisturbed;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while an event was not yet due");
        } finally {
            lock.unlock();
        }
    }

    void wakeUp() {
        lock.lock();
        try {
            wakeUp = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
