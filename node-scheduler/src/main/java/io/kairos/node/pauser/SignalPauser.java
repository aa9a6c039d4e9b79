/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import io.kairos.node.pauser.Deadline.Pace;
import io.kairos.node.pauser.SignalShell.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Pauses a task by SIGSTOP to its process groups and resumes it by SIGCONT; needs no privilege but to be the user who runs the
 * task.
 *
 * <p>A signal to a group does not race with fork: the kernel makes a fork fail over to the signal, so whoever was in the group is
 * stopped together with the last child it made. Hence a pause is complete when a walk over {@code /proc} that began after each of
 * the task's groups was signalled finds nobody running. The common task of one group takes one signal and one walk.
 *
 * <p>Limits, all absent from {@link CgroupPauser}: a process that stopped itself is continued by a resume; a parent may see its
 * child stop (SIGCHLD, {@code waitpid} with WUNTRACED), which shells with job control report; a daemon that left both session
 * and parent behind is not found.
 *
 * <p>Thread-safe. Nothing is remembered between calls, so a pid that was reused meanwhile can mislead only a caller that passes
 * it; within a call the first process is told from a later one by its start time.
 */
public final class SignalPauser implements Pauser {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** After this long without a stop the groups are looked up and signalled anew: a process may have changed its group. */
    private static final Duration ROUND = Duration.ofMillis(20);

    private static final Duration ROLL_BACK_LIMIT = Duration.ofMillis(500);

    private final ProcessTable processes;
    private final SignalShell shell;
    private final Pace pace;

    /** @throws IOException if {@code /proc} cannot be read */
    public SignalPauser() throws IOException {
        this(new ProcessTable(Path.of("/proc")), Pace.SYSTEM);
    }

    SignalPauser(ProcessTable processes, Pace pace) throws IOException {
        processes.self();
        this.processes = processes;
        this.shell = new SignalShell(processes);
        this.pace = pace;
    }

    @Override
    public String name() {
        return "signal";
    }

    @Override
    public Optional<Path> prepare(String task) {
        return Optional.empty();
    }

    /** The pid is often known a moment before the process makes a session of its own. */
    @Override
    public boolean isReady(String task, long pid) {
        return processes.find(pid).map(process -> process.session() == pid).orElse(false);
    }

    @Override
    public void pause(String task, long pid) throws IOException {
        ProcessStat first = firstProcess(task, pid);
        Set<Long> signalled = new LinkedHashSet<>();
        try {
            stop(task, first, signalled, new Deadline(pace, LIMIT));
        } catch (IOException | RuntimeException failure) {
            rollBack(pid, signalled, failure);
            throw failure;
        }
    }

    @Override
    public void resume(String task, long pid) throws IOException {
        refuseReserved(task, pid);
        try {
            continueGroups(pid, Set.of(), new Deadline(pace, LIMIT));
        } catch (IOException failure) {
            throw new IOException("cannot resume task " + task + ": " + failure.getMessage(), failure);
        }
    }

    @Override
    public boolean isPaused(String task, long pid) {
        return processes
                .find(pid)
                .filter(process -> !process.isZombie())
                .map(processes::isStopped)
                .orElse(false);
    }

    /** The whole session where that can be told, else the first group. */
    @Override
    public Optional<String> thawCommand(String task, long pid) {
        return Optional.of("pkill -CONT -s " + pid + " || kill -CONT -- -" + pid);
    }

    @Override
    public void release(String task) {
        // Nothing is kept of a task.
    }

    @Override
    public void close() {
        shell.close();
    }

    SignalShell shell() {
        return shell;
    }

    private ProcessStat firstProcess(String task, long pid) throws IOException {
        refuseReserved(task, pid);
        ProcessStat first =
                processes.find(pid).filter(process -> !process.isZombie()).orElseThrow(() -> noProcess(task, pid));
        if (first.session() != pid || first.group() != pid) {
            throw new IOException("task " + task + ": process " + pid + " belongs to session " + first.session()
                    + "; expected the leader of a session of its own, as setsid makes one");
        }
        return first;
    }

    private void refuseReserved(String task, long pid) throws IOException {
        ProcessStat self = processes.self();
        if (pid <= 1 || pid == self.pid() || pid == self.group() || pid == self.session()) {
            throw new IOException("task " + task + ": refused to signal process " + pid
                    + "; expected one above 1 and not of this process's own session");
        }
    }

    private static TaskGoneException noProcess(String task, long pid) {
        return new TaskGoneException("task " + task + " has no process " + pid);
    }

    private void stop(String task, ProcessStat first, Set<Long> signalled, Deadline deadline) throws IOException {
        Set<Long> next = Set.of(first.group());
        List<ProcessStat> running = List.of(first);
        while (true) {
            // Noted before they are signalled, so that a failure half-way rolls all of them back.
            signalled.addAll(next);
            shell.send(Signal.STOP, next, deadline);
            awaitStopped(running, deadline.atMost(ROUND));
            List<ProcessStat> members = members(task, first);
            running = members.stream()
                    .filter(member -> !processes.isStopped(member))
                    .toList();
            next = groupsOf(members.stream()
                    .filter(member -> !signalled.contains(member.group()))
                    .toList());
            next.addAll(groupsOf(running));
            if (next.isEmpty()) {
                return;
            }
            if (deadline.passed()) {
                throw new IOException("cannot pause task " + task + ": processes " + pidsOf(running)
                        + " still run after " + LIMIT.toMillis() + " ms; expected all of its " + members.size()
                        + " processes to be stopped");
            }
        }
    }

    private void awaitStopped(List<ProcessStat> running, Deadline deadline) {
        for (ProcessStat process : running) {
            while (!processes.find(process.pid()).map(processes::isStopped).orElse(true) && !deadline.passed()) {
                deadline.rest();
            }
        }
    }

    private List<ProcessStat> members(String task, ProcessStat first) throws IOException {
        List<ProcessStat> members = living(TaskTree.of(first.pid(), processes.all()));
        if (members.stream().noneMatch(first::isSameProcessAs)) {
            throw noProcess(task, first.pid());
        }
        long ownPid = processes.self().pid();
        if (members.stream().anyMatch(member -> member.pid() == ownPid)) {
            throw new IOException("task " + task + ": process " + first.pid()
                    + " is an ancestor of this very process; expected the first process of a task");
        }
        return members;
    }

    private void continueGroups(long session, Set<Long> alsoGroups, Deadline deadline) throws IOException {
        List<ProcessStat> members = living(TaskTree.of(session, processes.all()));
        Set<Long> groups = groupsOf(members);
        groups.addAll(alsoGroups);
        // One look is enough: a stopped process neither forks nor moves, so nobody stopped can be missing from it.
        shell.send(Signal.CONT, groups, deadline);
        while (true) {
            members = members.stream()
                    .flatMap(member -> processes.find(member.pid()).stream())
                    .filter(processes::awaitsContinue)
                    .toList();
            if (members.isEmpty()) {
                return;
            }
            if (deadline.passed()) {
                throw new IOException("processes " + pidsOf(members) + " are still stopped after a SIGCONT");
            }
            deadline.rest();
        }
    }

    private void rollBack(long session, Set<Long> signalled, Exception failure) {
        if (signalled.isEmpty()) {
            return;
        }
        try {
            continueGroups(session, signalled, new Deadline(pace, ROLL_BACK_LIMIT));
        } catch (IOException | RuntimeException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    private static List<ProcessStat> living(List<ProcessStat> members) {
        return members.stream().filter(member -> !member.isZombie()).toList();
    }

    private static Set<Long> groupsOf(Collection<ProcessStat> members) {
        return members.stream().map(ProcessStat::group).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<Long> pidsOf(Collection<ProcessStat> members) {
        return members.stream().map(ProcessStat::pid).toList();
    }
}
