/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.site;

import io.kairos.eval.doctor.site.Host.Trial;
import io.kairos.node.docker.EngineInfo;
import io.kairos.node.pauser.CgroupMount;
import io.kairos.node.pauser.ContainerParents;
import io.kairos.node.pauser.PauseMode;
import io.kairos.node.pauser.Pausers;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.nm.docker.KairosLinuxContainerExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** Finds out which pauser a NodeManager would take, as it does: by pausing an empty group. Leaves no group behind. */
final class PauserTrials {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    private final NodePlan plan;
    private final boolean root;
    private final String configured;
    private final String parent;
    private final PauseMode mode;
    private final boolean limited;

    PauserTrials(Configuration configuration, NodePlan plan, boolean root) {
        this.plan = plan;
        this.root = root;
        this.configured = plan.read(NodeManagerKeys.PAUSER);
        this.parent = plan.read(NodeManagerKeys.CGROUP_PARENT);
        this.mode = plan.isThrottling() ? PauseMode.THROTTLE : PauseMode.FREEZE;
        this.limited = configuration.getBoolean(
                YarnConfiguration.NM_LINUX_CONTAINER_CGROUPS_STRICT_RESOURCE_USAGE,
                YarnConfiguration.DEFAULT_NM_LINUX_CONTAINER_CGROUPS_STRICT_RESOURCE_USAGE);
    }

    Known<Trial> processes() {
        if (plan.executor().equals(KairosLinuxContainerExecutor.class.getName())) {
            return Known.not("the executor that is set pauses Docker containers alone");
        }
        if (configured.equals("docker") && !plan.startsContainers()) {
            return Known.not("the pauser docker does not go with the executor that is set");
        }
        if (configured.equals("signal") && plan.isThrottling()) {
            return Known.not("the pauser signal cannot throttle");
        }
        String name = configured.equals("docker") ? "auto" : configured;
        return tidily(() -> {
            Pausers.Choice choice = Pausers.choose(name, parent, mode);
            choice.pauser().close();
            return new Trial(true, choice.pauser().name(), choice.reason());
        });
    }

    Known<Trial> containers(EngineInfo engine) {
        if (configured.equals("docker")) {
            return Known.of(new Trial(true, "docker", "through the engine, as configured"));
        }
        if (!plan.startsContainers()) {
            boolean groups = configured.equals("cgroup") || root;
            return Known.of(new Trial(
                    true, groups ? "cgroup" : "docker", groups ? "in the engine's groups" : "through the engine"));
        }
        return tidily(() -> {
            ContainerParents parents = new ContainerParents(parent, engine, mode, limited);
            try {
                parents.probe();
                return new Trial(true, "cgroup", "in groups of their own, " + parents.describe());
            } catch (IOException e) {
                if (root) {
                    return new Trial(true, "cgroup", "in the engine's groups, as root: " + e.getMessage());
                }
                return configured.equals("cgroup")
                        ? new Trial(false, "", String.valueOf(e.getMessage()))
                        : new Trial(true, "docker", "through the engine, for " + e.getMessage());
            }
        });
    }

    private interface Attempt {
        Trial run() throws IOException;
    }

    /** Removes the groups that were made for the attempt: a NodeManager of another user could not use them. */
    private Known<Trial> tidily(Attempt attempt) {
        List<Path> absent = absentGroups();
        try {
            return Known.of(attempt.run());
        } catch (IOException | IllegalArgumentException e) {
            return Known.of(new Trial(false, "", String.valueOf(e.getMessage())));
        } finally {
            for (Path group : absent) {
                try {
                    Files.deleteIfExists(group);
                } catch (IOException inUse) {
                    continue; // a NodeManager that started meanwhile has it
                }
            }
        }
    }

    /** The folders of our groups that are not there yet, the innermost first. */
    private List<Path> absentGroups() {
        List<Path> absent = new ArrayList<>();
        try {
            CgroupMount.parse(Files.readString(MOUNTS)).forEach(mount -> {
                Path folder = mount.point();
                for (Path part : Path.of(parent)) {
                    folder = folder.resolve(part);
                    if (!Files.exists(folder)) {
                        absent.add(folder);
                    }
                }
            });
        } catch (IOException e) {
            return List.of(); // no Linux: nothing will be made either
        }
        Collections.reverse(absent);
        return absent;
    }
}
