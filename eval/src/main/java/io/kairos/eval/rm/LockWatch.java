/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import java.lang.reflect.Field;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.AbstractYarnScheduler;

/** A scheduler's write lock that remembers its longest hold. Thread-safe, as the lock is. */
final class LockWatch extends ReentrantReadWriteLock.WriteLock {
    private static final long serialVersionUID = 1;

    private final ReentrantReadWriteLock lock;
    private long since;
    private long longestNanos;

    private LockWatch(ReentrantReadWriteLock lock) {
        super(lock);
        this.lock = lock;
    }

    /** Puts both locks of a scheduler that is not initialised yet under watch. */
    static LockWatch over(AbstractYarnScheduler<?, ?> scheduler) {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        LockWatch watch = new LockWatch(lock);
        try {
            replace(scheduler, "writeLock", watch);
            replace(scheduler, "readLock", lock.readLock());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the scheduler's locks are not where Hadoop 3.5.0 has them", e);
        }
        return watch;
    }

    private static void replace(AbstractYarnScheduler<?, ?> scheduler, String name, Object other)
            throws ReflectiveOperationException {
        Field field = AbstractYarnScheduler.class.getDeclaredField(name);
        field.setAccessible(true);
        field.set(scheduler, other);
    }

    @Override
    public void lock() {
        super.lock();
        if (lock.getWriteHoldCount() == 1) {
            since = System.nanoTime();
        }
    }

    @Override
    public void unlock() {
        if (lock.getWriteHoldCount() == 1) {
            longestNanos = Math.max(longestNanos, System.nanoTime() - since);
        }
        super.unlock();
    }

    /** The longest hold since the last call, nanoseconds. */
    long takeLongest() {
        super.lock();
        try {
            long longest = longestNanos;
            longestNanos = 0;
            return longest;
        } finally {
            super.unlock();
        }
    }
}
