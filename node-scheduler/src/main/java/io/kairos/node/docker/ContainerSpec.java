/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container to be created. What is not named here a container does not get: all capabilities but the named are dropped, no
 * process gains privileges, there is no health check, and nothing more of the host is mounted.
 *
 * @param name unique on the engine
 * @param user {@code uid:gid}
 * @param groups further group ids
 * @param entrypoint the image's own if empty
 * @param environment {@code NAME=value}
 * @param workingDirectory the image's own if null
 * @param network {@code host}, {@code bridge}, {@code none} or a network's name
 * @param memoryBytes limit, 0 for none; no swap beyond it
 * @param cpuShares relative weight under contention, 1024 a core
 * @param nanoCpus hard limit in 1e-9 cores, 0 for none
 * @param cgroupParent the engine's own if null
 */
public record ContainerSpec(
        String name,
        String image,
        String user,
        List<String> groups,
        List<String> entrypoint,
        List<String> command,
        List<String> environment,
        @Nullable String workingDirectory,
        List<Mount> mounts,
        String network,
        List<String> capabilities,
        long memoryBytes,
        int cpuShares,
        long nanoCpus,
        @Nullable String cgroupParent,
        Map<String, String> labels) {
    /** A folder or file of the host, at a place in the container. */
    public record Mount(String source, String target, boolean readOnly) {}

    /** The same container below another group, with another hard limit. */
    public ContainerSpec below(String otherParent, long otherNanoCpus) {
        return new ContainerSpec(
                name,
                image,
                user,
                groups,
                entrypoint,
                command,
                environment,
                workingDirectory,
                mounts,
                network,
                capabilities,
                memoryBytes,
                cpuShares,
                otherNanoCpus,
                otherParent,
                labels);
    }

    public ContainerSpec {
        groups = List.copyOf(groups);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        mounts = List.copyOf(mounts);
        capabilities = List.copyOf(capabilities);
        labels = Map.copyOf(labels);
    }
}
