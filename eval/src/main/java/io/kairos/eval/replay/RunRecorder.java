/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import io.kairos.eval.metrics.EventKind;
import io.kairos.eval.metrics.EventRecord;
import io.kairos.workloads.replay.ReplayListener;
import io.kairos.workloads.replay.TaskEnd;
import io.kairos.workloads.replay.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what a replay and the nodes say of a run: one list of events, and the state for the progress line. Under a
 * stock scheduler a task runs from the moment its node accepted it; where nodes write decisions, these tell. Thread-safe.
 */
final class RunRecorder implements ReplayListener {
    /** How many tasks of each kind a node had when last heard of. */
    private record Load(int running, int paused, int held) {}

    private final int jobs;
    private final int slots;
    private final boolean nodesDecide;
    private final Map<String, Integer> jobByApplication = new HashMap<>();
    private final Map<String, TaskEnd> endByContainer = new HashMap<>();
    private final List<EventRecord> replayEvents = new ArrayList<>();
    private final List<DecisionFiles.Line> decisions = new ArrayList<>();
    /** Of the tasks that are on a node, by container, as the nodes last said. */
    private final Map<String, String> applicationOfPresent = new HashMap<>();

    private final Map<String, Load> loadByNode = new HashMap<>();
    private final Map<String, Set<String>> stockRunning = new HashMap<>();
    private int jobsDone;
    private long preemptions;

    /**
     * @param jobs number of jobs of the workload
     * @param slots tasks that a node runs at a time
     * @param nodesDecide true where the nodes hold, pause and resume tasks and write so
     */
    RunRecorder(int jobs, int slots, boolean nodesDecide) {
        this.jobs = jobs;
        this.slots = slots;
        this.nodesDecide = nodesDecide;
    }

    @Override
    public synchronized void jobSubmitted(int job, String application, double time) {
        jobByApplication.put(application, job);
    }

    @Override
    public synchronized void containerAllocated(TaskId task, String container, String node, double time) {
        replayEvents.add(event(time, node, EventKind.PLACE, task, container));
    }

    @Override
    public synchronized void taskStarted(TaskId task, String container, String node, double time) {
        if (!nodesDecide) {
            stockRunning.computeIfAbsent(node, name -> new HashSet<>()).add(container);
            replayEvents.add(event(time, node, EventKind.LAUNCH, task, container));
        }
    }

    @Override
    public synchronized void taskEnded(
            TaskId task, String container, String node, TaskEnd end, int exitStatus, double time) {
        endByContainer.put(container, end);
        stockRunning.getOrDefault(node, new HashSet<>()).remove(container);
        if (!nodesDecide) {
            replayEvents.add(event(time, node, kind(end), task, container));
        }
    }

    @Override
    public synchronized void jobFinished(int job, boolean failed, String diagnostics, double time) {
        jobsDone++;
    }

    /** Takes what the nodes wrote. */
    synchronized void decided(List<DecisionFiles.Line> lines) {
        decisions.addAll(lines);
        for (DecisionFiles.Line line : lines) {
            loadByNode.put(line.node(), new Load(line.running(), line.paused(), line.held()));
            if (line.kind() == EventKind.PAUSE) {
                preemptions++;
            }
            if (line.kind() == EventKind.FINISH) {
                applicationOfPresent.remove(line.container());
            } else {
                applicationOfPresent.put(line.container(), line.application());
            }
        }
    }

    /** Whether a task of the replay is on a node still, as far as the nodes have said. */
    synchronized boolean awaitsEnds() {
        return applicationOfPresent.values().stream().anyMatch(jobByApplication::containsKey);
    }

    synchronized RunStatus status() {
        return new RunStatus(
                jobsDone,
                jobs,
                // Ends are heard of late: what is above a node's slots has ended.
                stockRunning.values().stream()
                                .mapToInt(tasks -> Math.min(slots, tasks.size()))
                                .sum()
                        + loadByNode.values().stream().mapToInt(Load::running).sum(),
                loadByNode.values().stream().mapToInt(Load::paused).sum(),
                loadByNode.values().stream().mapToInt(Load::held).sum(),
                preemptions);
    }

    /**
     * All events of the replay's own tasks, in its time, with nodes numbered from 1: their ports differ from run to run.
     *
     * @param startMs when the replay started, milliseconds since 1970
     */
    synchronized List<EventRecord> events(long startMs) {
        List<EventRecord> events = new ArrayList<>(nodesDecide ? replayEvents : SlotBound.apply(replayEvents, slots));
        for (DecisionFiles.Line line : decisions) {
            Integer job = jobByApplication.get(line.application());
            if (job == null) {
                continue; // somebody else's, or not known whose
            }
            EventKind kind = line.kind();
            TaskEnd end = endByContainer.get(line.container());
            if (kind == EventKind.FINISH && end != null) {
                kind = kind(end);
            }
            events.add(new EventRecord(
                    (line.timeMs() - startMs) / 1000.0,
                    line.node(),
                    kind,
                    line.reason(),
                    job.toString(),
                    line.container(),
                    line.attainedSeconds(),
                    line.counterpart().isEmpty() ? null : line.counterpart(),
                    line.running(),
                    line.paused(),
                    line.held()));
        }
        return numbered(events);
    }

    private static List<EventRecord> numbered(List<EventRecord> events) {
        Map<String, String> names = new TreeMap<>();
        events.forEach(event -> names.put(event.node(), ""));
        int number = 0;
        int digits = String.valueOf(names.size()).length();
        for (Map.Entry<String, String> name : names.entrySet()) {
            name.setValue(String.format("node-%0" + digits + "d", ++number));
        }
        return events.stream()
                .map(event -> event.onNode(names.getOrDefault(event.node(), event.node())))
                .toList();
    }

    private static EventRecord event(
            double time, String node, EventKind kind, @Nullable TaskId task, String container) {
        String job = task == null ? null : String.valueOf(task.job());
        return new EventRecord(time, node, kind, null, job, container, null, null, null, null, null);
    }

    private static EventKind kind(TaskEnd end) {
        return switch (end) {
            case COMPLETED -> EventKind.FINISH;
            case FAILED -> EventKind.FAIL;
            case KILLED, PREEMPTED, LOST -> EventKind.KILL;
        };
    }
}
