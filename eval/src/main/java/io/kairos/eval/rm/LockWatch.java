/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.AbstractYarnScheduler;

/**
 * A scheduler's write lock that remembers its longest hold, and the one that took most processor time. A pause of the garbage collector within
 * it is not counted: it stops whoever waits as well. Where a thread is taken from its processor while it holds the lock, the hold is
 * long and its processor time is not. Thread-safe, as the lock is.
 */
final class LockWatch extends ReentrantReadWriteLock.WriteLock {
    private static final long serialVersionUID = 1;

    /** Only of longer ones it is worth asking what the collector did meanwhile. */
    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final int LOOKS_AT_THE_CLOCKS = 5;

    private final ReentrantReadWriteLock lock;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<GarbageCollectorMXBean> collectors =
            ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);

    /** What the collectors' clock is ahead of the process's uptime, milliseconds: they do not start together. */
    private final long ahead;

    private long since;
    private long workedBefore;
    private long longestNanos;
    private long mostWorkNanos;

    /**
     * The longest holds.
     *
     * @param heldNanos how long the lock was held
     * @param workedNanos processor time that its holder took meanwhile, which may be another hold
     */
    record Longest(long heldNanos, long workedNanos) {}

    private LockWatch(ReentrantReadWriteLock lock) {
        super(lock);
        this.lock = lock;
        this.ahead = clocksApart();
    }

    /** The nearest of a few looks: each sees the end of a collection somewhat late, the first one by many milliseconds. */
    private long clocksApart() {
        long apart = Long.MIN_VALUE;
        for (int look = 0; look < LOOKS_AT_THE_CLOCKS; look++) {
            System.gc();
            long uptime = ManagementFactory.getRuntimeMXBean().getUptime();
            apart = Math.max(apart, lastCollectionsEnd() - uptime);
        }
        return apart;
    }

    private long lastCollectionsEnd() {
        return collectors.stream()
                .map(GarbageCollectorMXBean::getLastGcInfo)
                .filter(Objects::nonNull)
                .mapToLong(GcInfo::getEndTime)
                .max()
                .orElseThrow();
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
            workedBefore = threads.getCurrentThreadCpuTime();
            since = System.nanoTime();
        }
    }

    @Override
    public void unlock() {
        if (lock.getWriteHoldCount() == 1) {
            long held = System.nanoTime() - since;
            mostWorkNanos = Math.max(mostWorkNanos, threads.getCurrentThreadCpuTime() - workedBefore);
            if (held > longestNanos) {
                longestNanos = Math.max(longestNanos, held - (held < LONG_NANOS ? 0 : collectedWithinLast(held)));
            }
        }
        super.unlock();
    }

    /** How much of the last nanoseconds, to a millisecond, each collector's last collection took. */
    private long collectedWithinLast(long nanos) {
        long now = ManagementFactory.getRuntimeMXBean().getUptime() + ahead;
        long begun = now - TimeUnit.NANOSECONDS.toMillis(nanos);
        long collected = 0;
        for (GarbageCollectorMXBean collector : collectors) {
            GcInfo last = collector.getLastGcInfo();
            if (last != null && last.getEndTime() >= begun) {
                collected += Math.max(0, Math.min(now, last.getEndTime()) - Math.max(begun, last.getStartTime()));
            }
        }
        return TimeUnit.MILLISECONDS.toNanos(collected);
    }

    /** The longest holds since the last call. */
    Longest takeLongest() {
        super.lock();
        try {
            Longest longest = new Longest(longestNanos, mostWorkNanos);
            longestNanos = 0;
            mostWorkNanos = 0;
            return longest;
        } finally {
            super.unlock();
        }
    }
}
