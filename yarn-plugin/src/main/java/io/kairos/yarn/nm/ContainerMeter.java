/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Reading;
import io.kairos.node.meter.CpuMeter;
import io.kairos.node.meter.CpuTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the CPU time of YARN containers, in a thread of its own. A container that cannot be read keeps what was read last; that is
 * counted, and logged once for each.
 */
final class ContainerMeter implements ServiceMeter<ContainerId>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerMeter.class);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "kairos-cpu-meter");
        made.setDaemon(true);
        return made;
    });
    private final Function<Map<String, Long>, CpuMeter.Round> meter;
    private final ToLongFunction<ContainerId> processIds;
    private final Predicate<ContainerId> known;
    private final AtomicLong failures = new AtomicLong();

    /** Confined to the thread. */
    private final Set<ContainerId> told = new HashSet<>();

    /**
     * @param meter reads tasks given by name and first process
     * @param processIds the first process of a container, 0 if it has none
     * @param known whether a container is still on the node
     */
    ContainerMeter(
            Function<Map<String, Long>, CpuMeter.Round> meter,
            ToLongFunction<ContainerId> processIds,
            Predicate<ContainerId> known) {
        this.meter = meter;
        this.processIds = processIds;
        this.known = known;
    }

    @Override
    public CompletableFuture<List<Reading<ContainerId>>> read(Collection<ContainerId> tasks) {
        List<ContainerId> containers = List.copyOf(tasks);
        try {
            return CompletableFuture.supplyAsync(() -> readNow(containers), thread);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedFuture(closed);
        }
    }

    /** How many times a container could not be read. */
    long failures() {
        return failures.get();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        if (failures() > 0) {
            LOG.warn("CPU time of containers could not be read {} times in all", failures());
        }
    }

    private List<Reading<ContainerId>> readNow(List<ContainerId> containers) {
        told.removeIf(known.negate());
        Map<String, ContainerId> byName = new HashMap<>();
        Map<String, Long> firstProcesses = new HashMap<>();
        for (ContainerId container : containers) {
            try {
                long pid = processIds.applyAsLong(container);
                if (pid > 0) {
                    byName.put(container.toString(), container);
                    firstProcesses.put(container.toString(), pid);
                }
            } catch (RuntimeException e) {
                failed(container, e); // its pid file holds no number, say
            }
        }
        CpuMeter.Round round;
        try {
            round = meter.apply(firstProcesses);
        } catch (RuntimeException e) {
            byName.values().forEach(container -> failed(container, e));
            return List.of();
        }
        List<Reading<ContainerId>> readings = new ArrayList<>();
        for (Map.Entry<String, ContainerId> entry : byName.entrySet()) {
            CpuTime time = round.times().get(entry.getKey());
            Exception failure = round.failures().get(entry.getKey());
            if (time != null) {
                readings.add(new Reading<>(entry.getValue(), time.counter(), time.nanos()));
            } else if (failure != null) {
                failed(entry.getValue(), failure);
            }
        }
        return readings;
    }

    private void failed(ContainerId container, Exception failure) {
        failures.incrementAndGet();
        if (told.add(container)) {
            LOG.warn("CPU time of {} keeps its last value: {}", container, failure.toString());
        }
    }
}
