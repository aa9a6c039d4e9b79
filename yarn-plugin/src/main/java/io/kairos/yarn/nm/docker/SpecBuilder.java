/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.node.docker.ContainerSpec;
import io.kairos.node.docker.ContainerSpec.Mount;
import io.kairos.yarn.nm.docker.DockerRequest.MountRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.launcher.ContainerLaunch;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerStartContext;

/** Turns what YARN is to start into a container: the request checked, YARN's own folders mounted, the resources as limits. */
final class SpecBuilder {
    /** By this label a NodeManager knows its containers; the value is the first of its local folders. */
    static final String OWNER = "io.kairos.nodemanager";

    private static final int SHARES_OF_A_CORE = 1024;
    private static final long NANO_CPUS_OF_A_CORE = 1_000_000_000L;
    private static final long MIB = 1L << 20;

    private final DockerRules rules;
    private final String owner;
    private final boolean hardCpuLimit;

    /** @param owner the NodeManager's mark, the same after each of its restarts */
    SpecBuilder(Configuration configuration, DockerRules rules, String owner) {
        this.rules = rules;
        this.owner = owner;
        this.hardCpuLimit = configuration.getBoolean(
                YarnConfiguration.NM_LINUX_CONTAINER_CGROUPS_STRICT_RESOURCE_USAGE,
                YarnConfiguration.DEFAULT_NM_LINUX_CONTAINER_CGROUPS_STRICT_RESOURCE_USAGE);
    }

    /**
     * The container to create.
     *
     * @param environment the variables of the container's launch context
     * @throws IllegalArgumentException one line: what is asked for is not allowed, or no such thing
     */
    ContainerSpec build(ContainerStartContext context, Map<String, String> environment, UserIds ids) {
        DockerRequest request = DockerRequest.read(environment);
        Resource resource = context.getContainer().getResource();
        String workingFolder = context.getContainerWorkDir().toUri().getPath();
        int cores = Math.max(1, resource.getVirtualCores());
        return new ContainerSpec(
                context.getContainer().getContainerId().toString(),
                rules.image(request),
                ids.user() + ":" + ids.group(),
                ids.groups(),
                request.ownEntrypoint() ? List.of() : List.of("bash"),
                request.ownEntrypoint()
                        ? ownCommand(context)
                        : List.of(workingFolder + Path.SEPARATOR + ContainerLaunch.CONTAINER_SCRIPT),
                request.ownEntrypoint()
                        ? environment.entrySet().stream()
                                .map(variable -> variable.getKey() + "=" + variable.getValue())
                                .toList()
                        : List.of(),
                request.ownEntrypoint() ? null : workingFolder,
                mounts(context, request),
                rules.network(request),
                rules.capabilities(),
                resource.getMemorySize() * MIB,
                cores * SHARES_OF_A_CORE,
                hardCpuLimit ? cores * NANO_CPUS_OF_A_CORE : 0,
                null,
                Map.of(OWNER, owner));
    }

    /** What the image's entry point gets: the command of the launch context, without the redirections meant for a shell. */
    private static List<String> ownCommand(ContainerStartContext context) {
        String line = String.join(" ", context.getContainer().getLaunchContext().getCommands());
        String plain = line.split("\\s[12]?>", 2)[0].strip();
        return plain.isEmpty() ? List.of() : List.of(plain.split("\\s+"));
    }

    private List<Mount> mounts(ContainerStartContext context, DockerRequest request) {
        List<Mount> mounts = new ArrayList<>();
        addAll(mounts, context.getFilecacheDirs(), true);
        addAll(mounts, context.getUserFilecacheDirs(), true);
        addAll(mounts, context.getApplicationLocalDirs(), false);
        addAll(mounts, context.getContainerLogDirs(), false);
        mounts.addAll(rules.defaultMounts());
        for (MountRequest mount : request.mounts()) {
            mounts.add(mount.source().startsWith("/") ? rules.mount(mount) : localized(mount, context));
        }
        return mounts;
    }

    private static void addAll(List<Mount> mounts, List<String> folders, boolean readOnly) {
        folders.forEach(folder -> mounts.add(new Mount(folder, folder, readOnly)));
    }

    /** A file that YARN localized for the container, by its link's name; always read-only. */
    private static Mount localized(MountRequest mount, ContainerStartContext context) {
        for (Map.Entry<Path, List<String>> resource :
                context.getLocalizedResources().entrySet()) {
            if (resource.getValue().contains(mount.source())) {
                return new Mount(resource.getKey().toUri().getPath(), mount.target(), true);
            }
        }
        throw new IllegalArgumentException("Docker mount '" + mount.source()
                + "': expected an absolute path, or the name of a localized file of this container");
    }
}
