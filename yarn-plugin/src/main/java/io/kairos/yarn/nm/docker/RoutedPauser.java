/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.node.pauser.Pauser;
import io.kairos.node.pauser.RoutingPauser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends each task to the pauser of its kind: that of containers, or that of plain processes. A container in which a command is
 * run from outside is not paused: the command would freeze with it, half inside, and hold the engine's locks. Thread-safe.
 */
final class RoutedPauser extends RoutingPauser {
    private final Pauser containers;
    private final Pauser processes;
    private final Set<String> inContainers = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> commands = new ConcurrentHashMap<>();

    RoutedPauser(Pauser containers, Pauser processes) {
        this.containers = containers;
        this.processes = processes;
    }

    /** A command that is run in a container from outside; closed when it ended. */
    @FunctionalInterface
    interface Command extends AutoCloseable {
        @Override
        void close();
    }

    /** From now on the task is one in a container; until {@link #release}. */
    void runsInContainer(String task) {
        inContainers.add(task);
    }

    /**
     * A command is about to be run in the task's container, which must be thawed already.
     *
     * @return to be closed when the command ended
     */
    Command command(String task) {
        AtomicInteger running = commands.computeIfAbsent(task, name -> new AtomicInteger());
        synchronized (running) {
            running.incrementAndGet();
        }
        return running::decrementAndGet;
    }

    @Override
    public String name() {
        return containers.name();
    }

    @Override
    public void pause(String task, long pid) throws IOException {
        AtomicInteger running = commands.computeIfAbsent(task, name -> new AtomicInteger());
        // Held while it freezes: a command that comes meanwhile waits, and then finds it frozen.
        synchronized (running) {
            if (running.get() > 0) {
                throw new IOException("task " + task + " is not paused while a command is run in it");
            }
            super.pause(task, pid);
        }
    }

    /** Both kinds are paused in the same mode. */
    @Override
    public boolean relaxes() {
        return containers.relaxes();
    }

    @Override
    public void relax(String task, long pid) throws IOException {
        AtomicInteger running = commands.computeIfAbsent(task, name -> new AtomicInteger());
        synchronized (running) {
            if (running.get() == 0) { // or it was resumed for the command
                super.relax(task, pid);
            }
        }
    }

    @Override
    public void release(String task) throws IOException {
        Pauser pauser = of(task);
        inContainers.remove(task);
        commands.remove(task);
        pauser.release(task);
    }

    @Override
    public List<String> frozenTasks() throws IOException {
        List<String> frozen = new ArrayList<>(containers.frozenTasks());
        frozen.addAll(processes.frozenTasks());
        return frozen;
    }

    @Override
    public Optional<String> offBecause() {
        return containers.offBecause().or(processes::offBecause);
    }

    @Override
    public void close() {
        containers.close();
        processes.close();
    }

    @Override
    protected Pauser of(String task) {
        return inContainers.contains(task) ? containers : processes;
    }
}
