/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.conf;

import io.kairos.node.pauser.PauseMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/** The keys of the node tier, read by each NodeManager. */
public final class NodeManagerKeys {
    private static final String PREFIX = "yarn.nodemanager.kairos.";
    private static final long DAY_MS = 86_400_000L;

    public static final Key<String> MODE = Key.choice(
                    PREFIX + "mode",
                    "follow",
                    List.of("follow", "off", "observe", "enforce"),
                    "follow (what the ResourceManager says; enforce where none has been heard of for 10 s since the start), or this node"
                            + " alone: off (stock behaviour), observe (what would be held and paused is logged and counted, and not"
                            + " done), enforce.")
            .live();

    public static final Key<Optional<Integer>> SLOTS = Key.optionalInteger(
                    PREFIX + "slots",
                    "off",
                    1,
                    10_000,
                    "N: vcores' worth of tasks that run at a time. Off: as many as yarn.nodemanager.resource.cpu-vcores.")
            .live();

    public static final Key<Optional<Integer>> QUEUE_BOUND = Key.optionalInteger(
                    PREFIX + "queue-bound",
                    "off",
                    0,
                    10_000,
                    "Q of this node alone. Off: what the ResourceManager sets for all nodes.")
            .live();

    public static final Key<Duration> QUANTUM = Key.milliseconds(
                    PREFIX + "quantum-ms",
                    5_000,
                    10,
                    DAY_MS,
                    "W: how long a task runs uninterrupted before one with less attained service takes its slot. Take at least 20"
                            + " times what a pause and a resume cost.")
            .live();

    public static final Key<Optional<Integer>> PREEMPTIONS_BEFORE_GUARANTEE = Key.optionalInteger(
                    PREFIX + "preemptions-before-guarantee",
                    "3",
                    0,
                    1_000_000,
                    "P: a task paused more often than this is owed uninterrupted service. Off: no guarantee, as under the policy"
                            + " kairos-job in any case.")
            .live();

    public static final Key<Integer> GUARANTEED_QUANTA = Key.integer(
                    PREFIX + "guaranteed-quanta", 2, 1, 1_000, "K: quanta of uninterrupted service it is owed then.")
            .live();

    public static final Key<Optional<Duration>> MAX_PAUSE = Key.optionalMilliseconds(
                    PREFIX + "max-pause-ms",
                    "off",
                    10,
                    DAY_MS,
                    "Longest continuous pause; a task paused longer gets a slot and the guarantee. Off: none.")
            .live();

    public static final Key<Optional<Duration>> KEEP_ALIVE_INTERVAL = Key.optionalMilliseconds(
                    PREFIX + "keep-alive-interval-ms",
                    "30000",
                    10,
                    DAY_MS,
                    "A paused task is thawed for a moment this often, so that its heartbeats go out: Spark drops an executor after"
                            + " 120 s of silence, MapReduce a task after 600 s. One whose job's own settings grant"
                            + " less, where the NodeManager can read them, or KAIROS_SILENCE_LIMIT_MS in its environment, is thawed"
                            + " four times in that time, but for a tenth of its pause at most. Of no use, and off, when paused tasks are throttled.")
            .live();

    public static final Key<Duration> KEEP_ALIVE_PULSE = Key.milliseconds(
                    PREFIX + "keep-alive-pulse-ms",
                    500,
                    1,
                    DAY_MS,
                    "How long that moment is; shorter than the interval.")
            .live();

    public static final Key<String> ATTAINED_SERVICE = Key.choice(
            PREFIX + "attained-service",
            "wall",
            List.of("wall", "cpu"),
            "What a task's attained service is: wall (the time it was not paused) or cpu (the CPU time all its threads used,"
                    + " read from its cgroup or, where it has none, its processes; Linux). Set it alike on all nodes; with cpu"
                    + " set yarn.nodemanager.kairos.max-pause-ms, too.");

    public static final Key<String> PAUSE_MODE = Key.choice(
            PREFIX + "pause-mode",
            "freeze",
            List.of("freeze", "throttle"),
            "What a paused task may do: nothing (freeze), or crawl at a hundredth of a core (throttle), so that its"
                    + " heartbeats go out, what it serves is served, and no keep-alive is needed. Not with the pauser"
                    + " signal.");

    public static final Key<String> PAUSER = Key.choice(
            PREFIX + "pauser",
            "auto",
            List.of("auto", "cgroup", "signal", "docker"),
            "How tasks are frozen: cgroup (the freezer, v1 or v2, where the NodeManager may write it), signal (SIGSTOP of the"
                    + " process tree), docker (Docker containers through the engine), auto (the best that works; the log says"
                    + " which).");

    public static final Key<String> CGROUP_PARENT = Key.matching(
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*"),
            PREFIX + "cgroup-parent",
            "kairos",
            "names of A-Z a-z 0-9 _ . - separated by /, none with a dot first",
            "Folder inside the freezer's hierarchy under which the pauser cgroup keeps one group a task; also inside that of"
                    + " the cpu controller, to throttle.");

    public static final Key<Duration> REPORT_INTERVAL = Key.milliseconds(
                    PREFIX + "report-interval-ms",
                    1_000,
                    10,
                    DAY_MS,
                    "Time between load reports to the ResourceManager.")
            .live();

    public static final Key<Optional<Path>> DECISION_LOG = Key.folder(
            PREFIX + "decision-log", "Folder in which the NodeManager writes each decision with its numbers, as CSV.");

    /** All keys, in the order in which the documentation shows them. */
    public static final List<Key<?>> ALL = List.of(
            MODE,
            SLOTS,
            QUEUE_BOUND,
            QUANTUM,
            PREEMPTIONS_BEFORE_GUARANTEE,
            GUARANTEED_QUANTA,
            MAX_PAUSE,
            KEEP_ALIVE_INTERVAL,
            KEEP_ALIVE_PULSE,
            ATTAINED_SERVICE,
            PAUSE_MODE,
            PAUSER,
            CGROUP_PARENT,
            REPORT_INTERVAL,
            DECISION_LOG);

    private NodeManagerKeys() {}

    /** {@link #PAUSE_MODE} as the pausers know it. */
    public static PauseMode pauseMode(Configuration configuration) {
        return PAUSE_MODE.read(configuration).equals("throttle") ? PauseMode.THROTTLE : PauseMode.FREEZE;
    }
}
