/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A cluster of real daemons on this host, in one folder. Its daemons outlive this process; whoever names the folder can look at
 * them, end one, start it again, and end them all. Not thread-safe, and one process at a time: see {@link
 * io.kairos.eval.files.FolderLock}.
 */
public final class DaemonCluster {
    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final Duration FORMAT_LIMIT = Duration.ofMinutes(1);
    private static final Duration END_LIMIT = Duration.ofMinutes(1);

    /** A NodeManager that still looks for its ResourceManager does not hear that it is to end, and there are no tasks to spare. */
    private static final Duration UNUSED_END_LIMIT = Duration.ofSeconds(5);

    private final ClusterFolder folder;
    private final Installation installation;
    private final Consumer<String> progress;

    /** @param progress told what goes on, a line at a time */
    public DaemonCluster(ClusterFolder folder, Installation installation, Consumer<String> progress) {
        this.folder = folder;
        this.installation = installation;
        this.progress = progress;
    }

    /**
     * A daemon and what it is doing.
     *
     * @param webAddress empty where it has none for people
     */
    public record State(String name, long pid, boolean runs, String webAddress, String log) {}

    /** A cluster as it is. */
    public record Status(DaemonSettings settings, String configuration, List<State> daemons) {
        /** Whether every daemon runs. */
        public boolean isWhole() {
            return daemons.stream().allMatch(State::runs);
        }
    }

    /**
     * Starts a cluster and waits until it answers; what an earlier one left in the folder is deleted. If it does not come up,
     * what was started is ended.
     *
     * @throws IOException one line: one runs there already, or why it does not come up
     */
    public void up(DaemonSettings settings) throws IOException, InterruptedException {
        requireNone();
        folder.claim();
        if (Files.exists(folder.register())) {
            // Of a cluster whose daemons have all died: their containers may live.
            down();
        }
        Libraries libraries = new Libraries(installation, progress);
        Path hadoop = libraries.fetch(settings.release().libraries());
        Path sparkShuffle = libraries.fetch("spark-shuffle-service");
        folder.clear();
        PortPlan ports = PortPlan.choose(settings, new Ports(new SplittableRandom()));
        ClusterSites sites = new ClusterSites(settings, ports, folder, hadoop, sparkShuffle, installation.home());
        sites.files().write(folder.configuration());
        LogSettings.writeForClients(folder.configuration());
        DaemonPlan plan = new DaemonPlan(settings, folder, hadoop);
        plan.prepare();
        if (settings.scheduler().pauses()) {
            Path jar = installation.pluginJar();
            Files.copy(jar, folder.plugins().resolve(jar.getFileName()));
        }
        Register register = new Register(
                settings,
                ports.resourceManagers().stream()
                        .map(manager -> "http://localhost:" + manager.web())
                        .toList(),
                "http://localhost:" + ports.history().web(),
                settings.hdfs() ? "http://localhost:" + ports.hdfs().nameNodeWeb() : "",
                plan.daemons(ports, sites));
        register.write(folder.register());
        try {
            if (settings.hdfs()) {
                format(plan.formatting());
            }
            start(register);
        } catch (IOException | InterruptedException | RuntimeException e) {
            endAfter(e);
            throw e;
        }
    }

    private static void format(Daemon formatting) throws IOException, InterruptedException {
        Daemon started = formatting.start();
        if (!started.awaitEnd(FORMAT_LIMIT)) {
            started.kill();
            throw new IOException("the NameNode's folder was not formatted within " + FORMAT_LIMIT.toSeconds()
                    + " s; see " + started.log());
        }
    }

    private void start(Register planned) throws IOException, InterruptedException {
        progress.accept("starting " + planned.daemons().size() + " daemons of Hadoop "
                + planned.settings().release().label() + " under "
                + planned.settings().scheduler().label());
        Register register = planned;
        for (Daemon daemon : planned.daemons()) {
            register = register.with(daemon.start());
            register.write(folder.register());
        }
        new Readiness().await(register, START_LIMIT);
    }

    private void endAfter(Exception failure) {
        try {
            end(UNUSED_END_LIMIT);
        } catch (IOException also) {
            failure.addSuppressed(also);
        } catch (InterruptedException also) {
            Thread.currentThread().interrupt();
            failure.addSuppressed(also);
        }
    }

    private void requireNone() throws IOException {
        if (!Files.exists(folder.register())) {
            return;
        }
        long alive = Register.read(folder.register()).daemons().stream()
                .filter(Daemon::isAlive)
                .count();
        if (alive > 0) {
            throw new IOException(folder.path() + ": a cluster runs there, " + alive
                    + " daemons; expected 'kairos cluster down' first");
        }
    }

    /** What is there; nothing if no cluster was started in the folder, or it was ended. */
    public Optional<Status> status() throws IOException {
        if (!Files.exists(folder.register())) {
            return Optional.empty();
        }
        Register register = Register.read(folder.register());
        List<State> states = new ArrayList<>();
        for (Daemon daemon : register.daemons()) {
            states.add(new State(daemon.name(), daemon.pid(), daemon.isAlive(), web(register, daemon), daemon.log()));
        }
        return Optional.of(
                new Status(register.settings(), folder.configuration().toString(), states));
    }

    private static String web(Register register, Daemon daemon) {
        if (daemon.name().equals(DaemonPlan.NAME_NODE)) {
            return register.nameNode();
        }
        if (daemon.name().equals(DaemonPlan.HISTORY_SERVER)) {
            return register.history();
        }
        int manager = DaemonPlan.managerIndex(daemon);
        return manager < 0 ? "" : register.webAddresses().get(manager);
    }

    /**
     * Starts one daemon again that has ended, with the configuration and the ports it had.
     *
     * @throws IOException one line: there is none of that name, or it runs
     */
    public void start(String name) throws IOException {
        Register register = register();
        Daemon daemon = find(register, name);
        if (daemon.isAlive()) {
            throw new IOException(name + " runs: process " + daemon.pid());
        }
        register.with(daemon.start()).write(folder.register());
    }

    /**
     * Ends one daemon, as its service script would or as a crash does.
     *
     * @param crash by SIGKILL, so that it cleans up nothing
     * @throws IOException one line: there is none of that name, it does not run, or it does not end
     */
    public void stop(String name, boolean crash) throws IOException, InterruptedException {
        Daemon daemon = find(register(), name);
        if (!daemon.isAlive()) {
            throw new IOException(name + " does not run");
        }
        if (crash) {
            daemon.kill();
        } else {
            daemon.terminate();
        }
        if (!daemon.awaitEnd(END_LIMIT)) {
            throw new IOException(name + ", process " + daemon.pid() + ", has not ended within " + END_LIMIT.toSeconds()
                    + " s; see " + daemon.log());
        }
    }

    private Register register() throws IOException {
        if (!Files.exists(folder.register())) {
            throw new IOException(folder.path() + ": no cluster runs there, expected one of 'kairos cluster up'");
        }
        return Register.read(folder.register());
    }

    private static Daemon find(Register register, String name) throws IOException {
        return register.daemons().stream()
                .filter(daemon -> daemon.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("no daemon '" + name + "': expected one of "
                        + register.daemons().stream().map(Daemon::name).collect(Collectors.joining(", "))));
    }

    /**
     * Ends all daemons and what their containers left; configurations and logs stay. Does nothing where no cluster is.
     *
     * @return whether there was one
     * @throws IOException one line: what is left nevertheless
     */
    public boolean down() throws IOException, InterruptedException {
        return end(END_LIMIT);
    }

    /** @param limit for each daemon, which is killed if it has not ended by then */
    private boolean end(Duration limit) throws IOException, InterruptedException {
        if (!Files.exists(folder.register())) {
            return false;
        }
        Register register = Register.read(folder.register());
        end(DaemonPlan.resourceManagers(register.daemons()), limit);
        // While nodes are there, who let paused tasks go on as others end: a frozen process does not die. Nobody starts
        // new ones.
        try {
            Leftovers.endProcesses(folder);
            if (register.settings().docker()) {
                Leftovers.removeContainers(folder);
            }
        } catch (IOException e) {
            progress.accept(e.getMessage());
        }
        for (List<Daemon> wave : DaemonPlan.waves(register.daemons())) {
            end(wave, limit);
        }
        Leftovers.endProcesses(folder);
        requireEnd(register.daemons());
        // Before an engine is asked that may be gone for good: else nobody could start another cluster here.
        Files.deleteIfExists(folder.register());
        if (register.settings().docker()) {
            Leftovers.removeContainers(folder);
        }
        return true;
    }

    private static void requireEnd(List<Daemon> daemons) throws IOException {
        List<String> left = daemons.stream()
                .filter(Daemon::isAlive)
                .map(daemon -> daemon.name() + ", process " + daemon.pid())
                .toList();
        if (!left.isEmpty()) {
            throw new IOException("killed and not ended: " + String.join("; ", left));
        }
    }

    private void end(List<Daemon> wave, Duration limit) throws InterruptedException {
        wave.forEach(Daemon::terminate);
        for (Daemon daemon : wave) {
            if (!daemon.awaitEnd(limit)) {
                progress.accept(daemon.name() + " has not ended within " + limit.toSeconds() + " s and is killed");
                daemon.kill();
                daemon.awaitEnd(END_LIMIT);
            }
        }
    }
}
