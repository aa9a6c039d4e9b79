/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import io.kairos.node.docker.DockerEngine;
import io.kairos.node.pauser.Deadline.Pace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pausers by the names users give: {@code auto}, {@code cgroup}, {@code signal}. */
public final class Pausers {
    private Pausers() {}

    /**
     * What was chosen: a pauser and, in one line for the log, which it is and why.
     *
     * @param pauser to be closed by whoever asked for the choice
     */
    public record Choice(Pauser pauser, String reason) {}

    /**
     * Opens the pauser of that name.
     *
     * @param name {@code auto} for the best that works here
     * @param cgroupParent folder below the freezer's root that holds the tasks' groups, such as {@code kairos/node-1}; each node
     *     manager of a host needs one of its own
     * @throws IllegalArgumentException if the name is unknown or the folder is no such name
     * @throws IOException if the pauser cannot work here; one line that says what was tried and what was expected
     */
    public static Choice choose(String name, String cgroupParent) throws IOException {
        return choose(name, () -> CgroupDetection.detect(cgroupParent), SignalPauser::new);
    }

    /**
     * Thaws what an earlier process froze in groups below this folder; for a start with a pauser that does not know them. Groups
     * around containers are left as they are: those who pause containers know them.
     *
     * @return the tasks that were thawed
     * @throws IOException a group cannot be read or thawed; all were tried
     */
    public static List<String> thawGroups(String cgroupParent) throws IOException {
        Each each = new Each();
        for (FreezerMounts.Mount mount : FreezerMounts.ofThisProcess()) {
            CgroupPauser pauser = group(mount, cgroupParent);
            for (String task : pauser.frozenTasks()) {
                if (!pauser.isAroundAContainer(task)) {
                    each.attempt(task, pauser::thaw);
                }
            }
        }
        return each.done();
    }

    /** Removes the groups below this folder in which nothing lives; for a start, when no task is just being launched. */
    public static void removeEmptyGroups(String cgroupParent) throws IOException {
        String mountinfo = KernelFiles.SYSTEM.read(FreezerMounts.MOUNT_INFO);
        for (Path root : FreezerMounts.roots(mountinfo)) {
            new CgroupPauser(FreezerVersion.V1, root, cgroupParent, KernelFiles.SYSTEM, Pace.SYSTEM).sweep();
        }
    }

    /**
     * Lifts the limits that an earlier process set on groups below this folder; for a start in a mode that does not know them.
     *
     * @param containersAreLimited whether containers keep a limit of their own
     * @return the tasks that were limited
     * @throws IOException a group cannot be read or written; all were tried
     */
    public static List<String> liftLimits(String cgroupParent, boolean containersAreLimited) throws IOException {
        Each each = new Each();
        String mountinfo = KernelFiles.SYSTEM.read(FreezerMounts.MOUNT_INFO);
        for (FreezerMounts.Mount mount : FreezerMounts.parse(mountinfo)) {
            if (mount.version() == FreezerVersion.V1
                    && FreezerMounts.controller(mountinfo, "cpu").isEmpty()) {
                continue;
            }
            GroupBrake brake = group(mount, cgroupParent).brake(containersAreLimited);
            for (String task : brake.appliedTasks()) {
                each.attempt(task, brake::lift);
            }
        }
        return each.done();
    }

    /** Does something to each of several tasks, whatever becomes of the others. */
    private static final class Each {
        private final List<String> done = new ArrayList<>();
        private @Nullable IOException failure;

        void attempt(String task, Operation operation) {
            try {
                operation.run(task);
                done.add(task);
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }

        /** The tasks to which it was done; throws where it failed. */
        List<String> done() throws IOException {
            if (failure != null) {
                throw failure;
            }
            return done;
        }

        private interface Operation {
            void run(String task) throws IOException;
        }
    }

    /**
     * Throttles containers through their engine.
     *
     * @param freezer freezes them
     * @throws IOException the mounted hierarchies cannot be read
     */
    public static Pauser throttling(Pauser freezer, DockerEngine engine) throws IOException {
        return new ThrottlingPauser(freezer, new EngineBrake(engine, ContainerGroups.ofCpu()));
    }

    private static CgroupPauser group(FreezerMounts.Mount mount, String cgroupParent) {
        return new CgroupPauser(mount.version(), mount.root(), cgroupParent, KernelFiles.SYSTEM, Pace.SYSTEM);
    }

    /**
     * Opens the pauser of that name for that mode.
     *
     * @throws IllegalArgumentException if the pauser is none for that mode, too
     */
    public static Choice choose(String name, String cgroupParent, PauseMode mode) throws IOException {
        if (mode == PauseMode.FREEZE) {
            return choose(name, cgroupParent);
        }
        if (name.equals("signal")) {
            throw new IllegalArgumentException(
                    "the pauser 'signal' can stop a task, not slow it down; expected one of auto, cgroup to throttle");
        }
        try {
            CgroupPauser pauser = open("cgroup", () -> CgroupDetection.detect(cgroupParent));
            return new Choice(
                    CgroupDetection.throttling(pauser),
                    "pauser cgroup, throttling, "
                            + (name.equals("auto") ? "the only one that can: " : "as configured: ") + pauser.describe()
                            + ", " + pauser.brake(false).describe());
        } catch (IOException e) {
            throw new IOException("tasks cannot be throttled here: " + e.getMessage(), e);
        }
    }

    static Choice choose(String name, Source<CgroupPauser> cgroup, Source<SignalPauser> signal) throws IOException {
        return switch (name) {
            case "auto" -> best(cgroup, signal);
            case "cgroup" -> {
                CgroupPauser pauser = open("cgroup", cgroup);
                yield new Choice(pauser, "pauser cgroup, as configured: " + pauser.describe());
            }
            case "signal" -> new Choice(open("signal", signal), "pauser signal, as configured");
            default ->
                throw new IllegalArgumentException(
                        "unknown pauser '" + name + "'; expected one of auto, cgroup, signal");
        };
    }

    private static Choice best(Source<CgroupPauser> cgroup, Source<SignalPauser> signal) throws IOException {
        try {
            CgroupPauser pauser = open("cgroup", cgroup);
            return new Choice(pauser, "pauser cgroup, chosen by auto: " + pauser.describe());
        } catch (IOException noCgroup) {
            try {
                return new Choice(
                        open("signal", signal),
                        "pauser signal, chosen by auto because the better one failed: " + noCgroup.getMessage());
            } catch (IOException noSignal) {
                noSignal.addSuppressed(noCgroup);
                throw new IOException(
                        "no pauser works here: " + noCgroup.getMessage() + "; " + noSignal.getMessage(), noSignal);
            }
        }
    }

    private static <P extends Pauser> P open(String name, Source<P> source) throws IOException {
        try {
            return source.open();
        } catch (IOException e) {
            throw new IOException("pauser " + name + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Makes a pauser, or says why it cannot work. */
    @FunctionalInterface
    interface Source<P extends Pauser> {
        P open() throws IOException;
    }
}
