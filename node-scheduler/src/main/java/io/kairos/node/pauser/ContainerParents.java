/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import io.kairos.node.docker.ContainerSpec;
import io.kairos.node.docker.EngineInfo;
import io.kairos.node.pauser.Deadline.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Groups of our own, one around each container: the engine is told to put the container below it, and freezing or slowing down
 * the outer group does so to the container. It takes write access to one folder of each hierarchy instead of the engine's groups,
 * which are root's.
 *
 * <p>Thread-safe; nothing of a container is remembered between calls, so those of an earlier process are served like own ones.
 */
public final class ContainerParents {
    private static final int SHARES_OF_A_CORE = 1024;

    private final String parent;
    private final EngineInfo engine;
    private final List<Path> roots;
    private final CgroupPauser groups;
    private final GroupBrake brake;
    private final PauseMode mode;

    /**
     * @param parent folder below each hierarchy's root, as for the pauser {@code cgroup}
     * @param containersAreLimited whether containers get a hard limit of their processor time
     * @throws IOException no hierarchies are mounted of the version that the engine uses
     */
    public ContainerParents(String parent, EngineInfo engine, PauseMode mode, boolean containersAreLimited)
            throws IOException {
        this.parent = parent;
        this.engine = engine;
        this.mode = mode;
        FreezerVersion version = engine.cgroupVersion().equals("2") ? FreezerVersion.V2 : FreezerVersion.V1;
        String mountinfo = KernelFiles.SYSTEM.read(FreezerMounts.MOUNT_INFO);
        Path root = FreezerMounts.parse(mountinfo).stream()
                .filter(mount -> mount.version() == version)
                .map(FreezerMounts.Mount::root)
                .findFirst()
                .orElseThrow(() -> new IOException("the engine uses cgroup v" + engine.cgroupVersion() + ", but no "
                        + version.title() + " is mounted; expected one in " + FreezerMounts.MOUNT_INFO));
        roots = FreezerMounts.roots(mountinfo);
        groups = new CgroupPauser(version, root, parent, roots, KernelFiles.SYSTEM, Pace.SYSTEM);
        brake = groups.brake(containersAreLimited);
    }

    /** Which freezer and where, for logs. */
    public String describe() {
        return groups.describe() + "/CONTAINER" + (mode == PauseMode.THROTTLE ? ", " + brake.describe() : "");
    }

    /**
     * Does all that is done for a container, on a group without one.
     *
     * @throws IOException it cannot be done; one line that says what was expected
     */
    public void probe() throws IOException {
        if (!engine.cgroupDriver().equals("cgroupfs")) {
            throw new IOException("the engine's cgroup driver is " + engine.cgroupDriver()
                    + "; expected cgroupfs, which alone takes groups of ours for parents");
        }
        String task = "probe-" + ProcessHandle.current().pid();
        try {
            // In all of them, or what the engine makes there could not be removed.
            for (Path root : roots) {
                make(root.resolve(parent).resolve(task));
            }
            enableController();
            brake.prepareContainer(task, 1);
            groups.freezeForProbe(task);
            groups.thaw(task);
            if (mode == PauseMode.THROTTLE) {
                brake.apply(task, 0);
                brake.lift(task);
            }
        } finally {
            groups.release(task);
        }
    }

    private static void make(Path group) throws IOException {
        try {
            Files.createDirectories(group);
        } catch (IOException e) {
            throw new IOException(
                    "cannot create the cgroup " + group + " (" + Freezer.reason(e) + "); expected a folder "
                            + group.getParent() + " that user " + System.getProperty("user.name")
                            + " may write, see conf/docker/delegate",
                    e);
        }
    }

    private void enableController() throws IOException {
        try {
            brake.enable(groups.root());
        } catch (IOException e) {
            if (mode == PauseMode.THROTTLE) {
                throw e;
            }
            // Freezing needs none; containers then weigh the same, whatever their cores.
        }
    }

    /**
     * Makes the groups for a container that is to be created.
     *
     * @return the container to create in its place
     * @throws IOException they cannot be made
     */
    public ContainerSpec place(ContainerSpec spec) throws IOException {
        groups.prepare(spec.name());
        brake.prepareContainer(spec.name(), spec.cpuShares() / SHARES_OF_A_CORE);
        return spec.below("/" + parent + "/" + spec.name(), brake.carries() ? 0 : spec.nanoCpus());
    }

    /**
     * Looks whether the engine put the container where it was told to.
     *
     * @return false if not, as where it has a view of its own of the hierarchies; the group is then removed
     */
    public boolean confirm(String task, long pid) throws IOException {
        if (groups.holds(task, pid) || !ProcessHandle.of(pid).isPresent()) {
            return true;
        }
        groups.release(task);
        return false;
    }

    /** Pauses a container by the group around it, one that has none by the other pauser; in the same mode. */
    public Pauser pauser(Pauser other) {
        return new ContainerParentPauser(
                groups, mode == PauseMode.THROTTLE ? new ThrottlingPauser(groups, brake) : groups, other);
    }

    /** Removes the groups that containers left whose end nobody saw; for the start, when none is just being made. */
    public void sweep() {
        groups.sweep();
    }

    /** Folders of a task in all hierarchies, for tests. */
    List<Path> folders(String task) {
        return new ArrayList<>(
                roots.stream().map(root -> root.resolve(parent).resolve(task)).toList());
    }
}
