/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.node.docker.ContainerSpec;
import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.EngineInfo;
import io.kairos.node.pauser.ContainerGroupPauser;
import io.kairos.node.pauser.ContainerParents;
import io.kairos.node.pauser.DockerPauser;
import io.kairos.node.pauser.PauseMode;
import io.kairos.node.pauser.Pauser;
import io.kairos.node.pauser.Pausers;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.SettingException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the containers of an engine are paused: by groups of our own around them where that works, by the engine's groups where the
 * NodeManager is root, else by the engine. Containers that an earlier NodeManager put into groups of ours are served by these in
 * any case. Thread-safe.
 */
final class ContainerPausing {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerPausing.class);

    private final ContainerParents parents;
    private final boolean placing;
    private final boolean swift;
    private final Pausers.Choice choice;

    private ContainerPausing(ContainerParents parents, boolean placing, boolean swift, Pauser pauser, String reason) {
        this.parents = parents;
        this.placing = placing;
        this.swift = swift;
        this.choice = new Pausers.Choice(pauser, reason);
    }

    /**
     * Finds out what works here, by doing it.
     *
     * @throws SettingException the configured pauser cannot work here; one line
     * @throws IOException the mounted hierarchies cannot be read
     */
    static ContainerPausing choose(Configuration configuration, DockerEngine engine, EngineInfo info)
            throws IOException {
        PauseMode mode = NodeManagerKeys.pauseMode(configuration);
        ContainerParents parents = new ContainerParents(
                NodeManagerKeys.CGROUP_PARENT.read(configuration),
                info,
                mode,
                configuration.getBoolean(
                        YarnConfiguration.NM_LINUX_CONTAINER_CGROUPS_STRICT_RESOURCE_USAGE,
                        YarnConfiguration.DEFAULT_NM_LINUX_CONTAINER_CGROUPS_STRICT_RESOURCE_USAGE));
        String configured = NodeManagerKeys.PAUSER.read(configuration);
        ContainerGroupPauser engineGroups = new ContainerGroupPauser();
        Pauser groups = inMode(mode, engineGroups, engine);
        Pauser throughEngine = inMode(mode, new DockerPauser(engine, engineGroups), engine);
        if (configured.equals("docker")) {
            return new ContainerPausing(
                    parents, false, false, parents.pauser(throughEngine), "through the engine, as configured");
        }
        boolean swift = isRoot() && mode == PauseMode.FREEZE;
        try {
            parents.probe();
            return new ContainerPausing(
                    parents,
                    true,
                    swift,
                    parents.pauser(isRoot() ? groups : throughEngine),
                    "in groups of their own, " + parents.describe());
        } catch (IOException e) {
            if (isRoot()) {
                return new ContainerPausing(
                        parents,
                        false,
                        swift,
                        parents.pauser(groups),
                        "in the engine's groups, as root: " + e.getMessage());
            }
            if (configured.equals("cgroup")) {
                throw new SettingException(NodeManagerKeys.PAUSER + " is 'cgroup': " + e.getMessage());
            }
            return new ContainerPausing(
                    parents,
                    false,
                    false,
                    parents.pauser(throughEngine),
                    "through the engine, chosen by auto because the better way failed: " + e.getMessage());
        }
    }

    /**
     * For executors that do not create the containers themselves: by the engine's groups where that is allowed for sure, or
     * configured, else by the engine.
     */
    static Pausers.Choice inEnginesGroups(Configuration configuration, DockerEngine engine) throws IOException {
        String configured = NodeManagerKeys.PAUSER.read(configuration);
        PauseMode mode = NodeManagerKeys.pauseMode(configuration);
        ContainerGroupPauser groups = new ContainerGroupPauser();
        if (configured.equals("cgroup") || (configured.equals("auto") && isRoot())) {
            return new Pausers.Choice(
                    inMode(mode, groups, engine),
                    "in the engine's groups, " + (configured.equals("auto") ? "as root" : "as configured"));
        }
        return new Pausers.Choice(
                inMode(mode, new DockerPauser(engine, groups), engine),
                "through the engine, " + (configured.equals("auto") ? "not being root" : "as configured"));
    }

    /** A container that has no group of ours around it is slowed down by its engine, whatever freezes it. */
    private static Pauser inMode(PauseMode mode, Pauser freezer, DockerEngine engine) throws IOException {
        return mode == PauseMode.THROTTLE ? Pausers.throttling(freezer, engine) : freezer;
    }

    private static boolean isRoot() throws IOException {
        return UserIds.of(System.getProperty("user.name")).user().equals("0");
    }

    /** The pauser and, in one line for the log, which way it goes and why. */
    Pausers.Choice choice() {
        return choice;
    }

    /** Whether no container's pause asks the engine, so that it takes less time than the way to another thread and back. */
    boolean isSwift() {
        return swift;
    }

    /** The container as it is to be created, with a group around it where that is the way; without one if that fails. */
    ContainerSpec place(ContainerSpec spec) {
        if (!placing) {
            return spec;
        }
        try {
            return parents.place(spec);
        } catch (IOException e) {
            LOG.warn("{} gets no group of its own: {}", spec.name(), e.getMessage());
            return spec;
        }
    }

    /** A container runs: looks whether it is in its group. A container that cannot be paused is better than one that fails. */
    void started(String name, long pid) {
        try {
            if (placing && !parents.confirm(name, pid)) {
                LOG.warn(
                        "{} is not in the group around it: the engine must see the cgroups as this NodeManager does",
                        name);
            }
        } catch (IOException e) {
            LOG.warn("{} may not be in the group around it: {}", name, e.getMessage());
        }
    }
}
