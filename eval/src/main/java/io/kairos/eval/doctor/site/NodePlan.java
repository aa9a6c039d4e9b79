/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.site;

import com.google.common.primitives.Ints;
import io.kairos.yarn.conf.Key;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.conf.SettingException;
import io.kairos.yarn.nm.KairosContainerExecutor;
import io.kairos.yarn.nm.KairosContainersLauncher;
import io.kairos.yarn.nm.docker.KairosDockerContainerExecutor;
import io.kairos.yarn.nm.docker.KairosLinuxContainerExecutor;
import io.kairos.yarn.rm.KairosScheduler;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/**
 * What a node would be by its configuration. A value that is refused counts as the key's default here; that it is refused is
 * told elsewhere. Immutable, if nobody changes the configuration.
 */
public final class NodePlan {
    private static final List<String> DOCKER_EXECUTORS =
            List.of(KairosDockerContainerExecutor.class.getName(), KairosLinuxContainerExecutor.class.getName());

    /** YARN's own where nothing is set and nothing is to be detected. */
    private static final int USUAL_VCORES = 8;

    private static final int USUAL_MEMORY_MB = 8192;

    private final Configuration configuration;
    private final int vcores;
    private final boolean memoryKnown;

    /** @param host for what the node finds out itself; where it is not known, YARN's own default counts */
    public NodePlan(Configuration configuration, Known<Host> host) {
        this.configuration = configuration;
        int written = number(YarnConfiguration.NM_VCORES, -1, configuration);
        boolean detects = configuration.getBoolean(YarnConfiguration.NM_ENABLE_HARDWARE_CAPABILITY_DETECTION, false);
        int found = detects ? host.value().map(Host::cores).orElse(USUAL_VCORES) : USUAL_VCORES;
        vcores = written > 0 ? written : found;
        int memory = number(YarnConfiguration.NM_PMEM_MB, 0, configuration);
        memoryKnown = memory > 0 || (memory < 0 && !detects);
    }

    /** A key's value, or its default where the value is refused. */
    public static <T> T lenient(Key<T> key, Configuration configuration) {
        try {
            return key.read(configuration);
        } catch (SettingException refused) {
            return key.read(new Configuration(false));
        }
    }

    /** The number that one of Hadoop's keys has, or another one where what it has is none. */
    public static int number(String key, int otherwise, Configuration configuration) {
        try {
            return Ints.saturatedCast(configuration.getLong(key, otherwise));
        } catch (NumberFormatException refused) {
            return otherwise;
        }
    }

    public <T> T read(Key<T> key) {
        return lenient(key, configuration);
    }

    public int vcores() {
        return vcores;
    }

    /** N. */
    public int slots() {
        return read(NodeManagerKeys.SLOTS).orElse(vcores);
    }

    /** Q. */
    public int queueBound() {
        return read(NodeManagerKeys.QUEUE_BOUND).orElse(read(ResourceManagerKeys.QUEUE_BOUND));
    }

    /** Whether the files say how much memory a node has; otherwise each finds that out itself. */
    public boolean isMemoryKnown() {
        return memoryKnown;
    }

    /** Memory that a node gives to containers, mebibytes. */
    public int memoryMb() {
        int written = number(YarnConfiguration.NM_PMEM_MB, -1, configuration);
        return written > 0 ? written : USUAL_MEMORY_MB;
    }

    /** The least that a container gets, mebibytes; what is asked for is rounded up to it. */
    public int leastTaskMb() {
        return Math.max(
                1,
                number(
                        YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB,
                        YarnConfiguration.DEFAULT_RM_SCHEDULER_MINIMUM_ALLOCATION_MB,
                        configuration));
    }

    public String scheduler() {
        return configuration.getTrimmed(YarnConfiguration.RM_SCHEDULER, "");
    }

    public String executor() {
        return configuration.getTrimmed(YarnConfiguration.NM_CONTAINER_EXECUTOR, "");
    }

    public String launcher() {
        return configuration.getTrimmed(YarnConfiguration.NM_CONTAINERS_LAUNCHER_CLASS, "");
    }

    /** Whether a ResourceManager of this configuration is one of Kairos. */
    public boolean isCentral() {
        return scheduler().equals(KairosScheduler.class.getName());
    }

    /** Whether a NodeManager of this configuration is one of Kairos. */
    public boolean isNode() {
        return launcher().equals(KairosContainersLauncher.class.getName())
                && (executor().equals(KairosContainerExecutor.class.getName()) || usesDocker());
    }

    /** Whether its executor pauses Docker containers. */
    public boolean usesDocker() {
        return DOCKER_EXECUTORS.contains(executor());
    }

    /** Whether it starts those containers itself, rather than YARN's own runtime. */
    public boolean startsContainers() {
        return executor().equals(KairosDockerContainerExecutor.class.getName());
    }

    /** Whether it can read what jobs bring along: where YARN's setuid program starts containers, their files are the users' alone. */
    public boolean readsJobs() {
        return !executor().equals(KairosLinuxContainerExecutor.class.getName());
    }

    public boolean isThrottling() {
        return read(NodeManagerKeys.PAUSE_MODE).equals("throttle");
    }

    /** Whether the cluster is one with Kerberos. */
    public boolean isSecure() {
        return configuration
                .getTrimmed("hadoop.security.authentication", "simple")
                .equalsIgnoreCase("kerberos");
    }
}
