/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Docker engine, over its API. Thread-safe. Every call but {@link #awaitExit} returns or throws within its deadline.
 *
 * <p>Containers are addressed by the name they were created with. The engine also takes the beginning of an id for a name, so
 * each answer's name is compared with the one asked for. Open to subclasses that look at its calls.
 */
public class DockerEngine implements AutoCloseable {
    private static final int CONNECTIONS = 512;
    private static final String NEVER = "0001-01-01T";
    private static final String UNDER_WAY = "is already in progress";
    private static final String PAUSED = "is paused, unpause the container";
    private static final long EVENTS_COME_MILLIS = 10;
    private static final String LOG_SIZE = "10m";
    private static final String LOG_FILES = "5";

    /** In which a quota is counted anew, microseconds. */
    public static final long CPU_PERIOD = 100_000;

    /** The quota of a container that is slowed down, the least the kernel takes, microseconds: a hundredth of a core. */
    public static final long SLOW_QUOTA = 1_000;

    /** Label with the quota that a container has when it is not slowed down. */
    private static final String USUAL_QUOTA = "io.kairos.cpu-quota";

    private static final Pattern QUOTA = Pattern.compile("[1-9][0-9]{3,9}");
    private static final long NO_QUOTA = -1;

    private final String host;
    private final DockerClient client;
    private final DeadlineCalls calls;
    private final Duration limit;
    private final Duration startLimit;

    /**
     * Connects at the first call.
     *
     * @param host {@code unix:///path} of the engine's socket
     * @param limit deadline of a short call: inspect, pause, kill
     * @param startLimit deadline of a long one: create, start, remove
     * @throws IllegalArgumentException if the host is no such address
     */
    public DockerEngine(String host, Duration limit, Duration startLimit) {
        if (!host.matches("unix:///.+")) {
            throw new IllegalArgumentException("Docker's address is '" + host + "'; expected unix:///path");
        }
        this.host = host;
        DefaultDockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(host)
                .withDockerTlsVerify(false)
                .build();
        this.client = DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .maxConnections(CONNECTIONS)
                        .build());
        this.calls = new DeadlineCalls(host);
        this.limit = limit;
        this.startLimit = startLimit;
    }

    /** Whether there is a Linux capability of that name, without CAP_ and in capitals. */
    public static boolean isCapability(String name) {
        return Arrays.stream(Capability.values())
                .anyMatch(capability -> capability.name().equals(name));
    }

    /** Where it is. */
    public String host() {
        return host;
    }

    /** Asks the engine what it is. */
    public EngineInfo info() throws EngineException {
        return calls.call("asking Docker for its version", startLimit, () -> {
            Info info = client.infoCmd().exec();
            Map<String, Object> all = info.getRawValues();
            return new EngineInfo(
                    String.valueOf(info.getServerVersion()),
                    String.valueOf(all.getOrDefault("CgroupVersion", "1")),
                    String.valueOf(all.get("CgroupDriver")),
                    Boolean.TRUE.equals(all.get("LiveRestoreEnabled")));
        });
    }

    /** Whether the image is on this host; images are never pulled. */
    public boolean hasImage(String image) throws EngineException {
        try {
            calls.call("looking for image " + image, startLimit, () -> client.inspectImageCmd(image)
                    .exec()
                    .getId());
            return true;
        } catch (EngineException e) {
            if (e.kind() == EngineException.Kind.ABSENT) {
                return false;
            }
            throw e;
        }
    }

    /** The names of the images on this host, with their tags; those without a name are left out. */
    public List<String> images() throws EngineException {
        return calls.call("listing images", startLimit, () -> client.listImagesCmd().exec().stream()
                .flatMap(image -> image.getRepoTags() == null ? Stream.empty() : Arrays.stream(image.getRepoTags()))
                .filter(name -> !name.contains("<none>"))
                .sorted()
                .toList());
    }

    /** Whether containers of an image run a health check unless they are told not to; {@link #create} tells them. */
    public boolean hasHealthCheck(String image) throws EngineException {
        return calls.call("inspecting image " + image, startLimit, () -> {
            ContainerConfig config = client.inspectImageCmd(image).exec().getConfig();
            HealthCheck check = config == null ? null : config.getHealthcheck();
            List<String> test = check == null ? null : check.getTest();
            return test != null && !test.isEmpty() && !test.get(0).equals("NONE");
        });
    }

    /**
     * Creates a container; it does not run yet.
     *
     * @return its id, 64 hexadecimal digits
     */
    public String create(ContainerSpec spec) throws EngineException {
        HostConfig host = HostConfig.newHostConfig()
                .withBinds(spec.mounts().stream()
                        .map(mount -> Bind.parse(
                                mount.source() + ":" + mount.target() + ":" + (mount.readOnly() ? "ro" : "rw")))
                        .toList())
                .withNetworkMode(spec.network())
                .withCapDrop(Capability.ALL)
                .withCapAdd(
                        spec.capabilities().stream().map(Capability::valueOf).toArray(Capability[]::new))
                .withSecurityOpts(List.of("no-new-privileges"))
                .withGroupAdd(spec.groups())
                .withCpuShares(spec.cpuShares())
                .withLogConfig(new LogConfig(
                        LogConfig.LoggingType.JSON_FILE, Map.of("max-size", LOG_SIZE, "max-file", LOG_FILES)));
        if (spec.memoryBytes() > 0) {
            host.withMemory(spec.memoryBytes()).withMemorySwap(spec.memoryBytes());
        }
        if (spec.nanoCpus() > 0) {
            // Not as NanoCPUs, which could never be changed to no limit.
            host.withCpuPeriod(CPU_PERIOD).withCpuQuota(quota(spec));
        }
        if (spec.cgroupParent() != null) {
            host.withCgroupParent(spec.cgroupParent());
        }
        return calls.call("creating container " + spec.name() + " of image " + spec.image(), startLimit, () -> {
            var command = client.createContainerCmd(spec.image())
                    .withName(spec.name())
                    .withUser(spec.user())
                    .withCmd(spec.command())
                    .withEnv(spec.environment())
                    // A health check runs in the container: it would find it frozen and report it unhealthy.
                    .withHealthcheck(new HealthCheck().withTest(List.of("NONE")))
                    .withLabels(labels(spec))
                    .withHostConfig(host);
            if (!spec.entrypoint().isEmpty()) {
                command.withEntrypoint(spec.entrypoint());
            }
            if (spec.workingDirectory() != null) {
                command.withWorkingDir(spec.workingDirectory());
            }
            return command.exec().getId();
        });
    }

    private static Map<String, String> labels(ContainerSpec spec) {
        Map<String, String> labels = new HashMap<>(spec.labels());
        // Also where there is none: an image may bring a label of that name.
        labels.put(USUAL_QUOTA, Long.toString(spec.nanoCpus() > 0 ? quota(spec) : NO_QUOTA));
        return labels;
    }

    private static long quota(ContainerSpec spec) {
        return spec.nanoCpus() * CPU_PERIOD / 1_000_000_000L;
    }

    /** Limits a container's processor time to a hundredth of a core. */
    public void slowDown(String nameOrId) throws EngineException {
        limit(nameOrId, SLOW_QUOTA);
    }

    /** Gives a container that was {@link #slowDown slowed down} the limit of its spec; no error if it was not, or is gone. */
    public void liftSlowDown(String name) throws EngineException {
        try {
            InspectContainerResponse answer =
                    calls.call("inspecting container " + name, limit, () -> client.inspectContainerCmd(name)
                            .exec());
            Long quota = answer.getHostConfig().getCpuQuota();
            if (quota != null && quota == SLOW_QUOTA && ("/" + name).equals(answer.getName())) {
                limit(answer.getId(), usualQuota(answer));
            }
        } catch (EngineException e) {
            if (e.kind() != EngineException.Kind.ABSENT) {
                throw e;
            }
        }
    }

    /** What {@link #liftSlowDown} sets, in microseconds of each tenth of a second; -1 for no limit. */
    public long usualQuota(String name) throws EngineException {
        return calls.call(
                "inspecting container " + name,
                limit,
                () -> usualQuota(client.inspectContainerCmd(name).exec()));
    }

    private static long usualQuota(InspectContainerResponse container) {
        Map<String, String> labels = container.getConfig().getLabels();
        String usual = labels == null ? null : labels.get(USUAL_QUOTA);
        return usual != null && QUOTA.matcher(usual).matches() ? Long.parseLong(usual) : NO_QUOTA;
    }

    private void limit(String nameOrId, long quota) throws EngineException {
        calls.call("limiting container " + nameOrId, limit, () -> client.updateContainerCmd(nameOrId)
                .withCpuPeriod(CPU_PERIOD)
                .withCpuQuota(quota)
                .exec());
    }

    /** Starts a created container; no error if it runs. */
    public void start(String nameOrId) throws EngineException {
        calls.call("starting container " + nameOrId, startLimit, () -> {
            try {
                return client.startContainerCmd(nameOrId).exec();
            } catch (NotModifiedException runs) {
                return null;
            }
        });
    }

    /** The container as it stands; null if there is none of this name. */
    public @Nullable ContainerStatus inspect(String name) throws EngineException {
        return inspect(name, limit);
    }

    /** Waits as long as a start takes: while it lasts the engine does not tell of the container. */
    @Nullable ContainerStatus inspectPatiently(String name) throws EngineException {
        return inspect(name, startLimit);
    }

    private @Nullable ContainerStatus inspect(String name, Duration most) throws EngineException {
        try {
            return calls.call("inspecting container " + name, most, () -> status(name));
        } catch (EngineException e) {
            if (e.kind() == EngineException.Kind.ABSENT) {
                return null;
            }
            throw e;
        }
    }

    private @Nullable ContainerStatus status(String name) {
        InspectContainerResponse answer = client.inspectContainerCmd(name).exec();
        InspectContainerResponse.ContainerState state = answer.getState();
        if (!("/" + name).equals(answer.getName())) {
            return null;
        }
        return new ContainerStatus(
                answer.getId(),
                name,
                state.getStartedAt() != null && !state.getStartedAt().startsWith(NEVER),
                Boolean.TRUE.equals(state.getRunning()),
                Boolean.TRUE.equals(state.getPaused()),
                state.getPidLong() == null ? 0 : state.getPidLong(),
                state.getExitCodeLong() == null ? 0 : state.getExitCodeLong().intValue(),
                Boolean.TRUE.equals(state.getOOMKilled()));
    }

    /** Freezes a running container. */
    public void pause(String nameOrId) throws EngineException {
        calls.call("pausing container " + nameOrId, limit, () -> client.pauseContainerCmd(nameOrId)
                .exec());
    }

    /** Thaws a paused container. */
    public void unpause(String nameOrId) throws EngineException {
        calls.call("unpausing container " + nameOrId, limit, () -> client.unpauseContainerCmd(nameOrId)
                .exec());
    }

    /**
     * Sends a signal to the container's first process.
     *
     * @param signal its name without SIG
     * @return false if the container does not run
     */
    public boolean kill(String name, String signal) throws EngineException {
        try {
            calls.call("sending SIG" + signal + " to container " + name, startLimit, () -> client.killContainerCmd(name)
                    .withSignal(signal)
                    .exec());
            return true;
        } catch (EngineException e) {
            if (e.isOutage()) {
                throw e;
            }
            ContainerStatus status = inspect(name);
            if (status == null || !status.running()) {
                return false;
            }
            throw e;
        }
    }

    /** Removes a container, running or not; no error if there is none, or somebody else is removing it. */
    public void remove(String nameOrId) throws EngineException {
        try {
            calls.call("removing container " + nameOrId, startLimit, () -> client.removeContainerCmd(nameOrId)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec());
        } catch (EngineException e) {
            boolean underWay = e.kind() == EngineException.Kind.CONFLICT
                    && String.valueOf(e.getMessage()).contains(UNDER_WAY);
            if (e.kind() != EngineException.Kind.ABSENT && !underWay) {
                throw e;
            }
        }
    }

    /** All containers with that label, running or not: the value of the label by the container's name. */
    public Map<String, String> labelled(String label) throws EngineException {
        return calls.call("listing containers", startLimit, () -> {
            Map<String, String> values = new HashMap<>();
            for (Container container : client.listContainersCmd()
                    .withShowAll(true)
                    .withLabelFilter(List.of(label))
                    .exec()) {
                for (String name : container.getNames()) {
                    values.put(name.substring(1), container.getLabels().getOrDefault(label, ""));
                }
            }
            return values;
        });
    }

    /**
     * Waits for the end of a container, at most this long.
     *
     * @return whether it may have ended; {@link #inspect} tells
     * @throws EngineException the engine can wait no longer: it stopped, or the container is gone
     */
    public boolean awaitExit(String name, Duration most) throws EngineException, InterruptedException {
        try (var waiting = client.waitContainerCmd(name).start()) {
            return waiting.awaitCompletion(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new EngineException(
                    EngineException.Kind.BROKEN, "waiting for container " + name + ": " + DeadlineCalls.words(e), e);
        }
    }

    /** The last lines the container wrote to its standard output and error. */
    public String lastLines(String name, int lines) throws EngineException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        copyLog(name, lines, text, text);
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Copies what an ended container wrote. */
    public void copyLog(String name, OutputStream out, OutputStream err) throws EngineException {
        copyLog(name, Integer.MAX_VALUE, out, err);
    }

    private void copyLog(String name, int lines, OutputStream out, OutputStream err) throws EngineException {
        calls.call("reading what container " + name + " wrote", startLimit, () -> {
            var command = client.logContainerCmd(name).withStdOut(true).withStdErr(true);
            if (lines < Integer.MAX_VALUE) {
                command.withTail(lines);
            }
            try (var copying = command.exec(new FrameCopy(out, err))) {
                return copying.awaitCompletion();
            }
        });
    }

    /**
     * Runs a command in the container, with its input and output connected; returns when the command ended.
     *
     * <p>The engine hears of its own pauses a second time, as events, and late: a container that was paused and resumed is
     * paused to it once more, until it hears of the resume. So a refusal for that reason is not believed at once.
     *
     * @param terminal whether the command gets a terminal, as interactive shells need
     */
    public void exec(String name, List<String> command, boolean terminal, @Nullable InputStream in, OutputStream out)
            throws EngineException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                execOnce(name, command, terminal, in, out);
                return;
            } catch (EngineException refused) {
                if (!String.valueOf(refused.getMessage()).contains(PAUSED) || System.nanoTime() > end) {
                    throw refused;
                }
                TimeUnit.MILLISECONDS.sleep(EVENTS_COME_MILLIS);
            }
        }
    }

    private void execOnce(
            String name, List<String> command, boolean terminal, @Nullable InputStream in, OutputStream out)
            throws EngineException, InterruptedException {
        String exec = calls.call("preparing a command in container " + name, limit, () -> client.execCreateCmd(name)
                .withCmd(command.toArray(String[]::new))
                .withTty(terminal)
                .withAttachStdin(in != null)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId());
        var start = client.execStartCmd(exec).withDetach(false).withTty(terminal);
        if (in != null) {
            start.withStdIn(in);
        }
        try (var running = start.exec(new FrameCopy(out, out))) {
            running.awaitCompletion();
        } catch (IOException | RuntimeException e) {
            throw new EngineException(
                    EngineException.Kind.BROKEN, "a command in container " + name + ": " + DeadlineCalls.words(e), e);
        }
    }

    @Override
    public void close() {
        calls.close();
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the frames of a container's output to where they belong. */
    private static final class FrameCopy extends ResultCallback.Adapter<Frame> {
        private final OutputStream out;
        private final OutputStream err;

        FrameCopy(OutputStream out, OutputStream err) {
            this.out = out;
            this.err = err;
        }

        @Override
        public void onNext(Frame frame) {
            try {
                OutputStream target = frame.getStreamType() == StreamType.STDERR ? err : out;
                target.write(frame.getPayload());
                target.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
