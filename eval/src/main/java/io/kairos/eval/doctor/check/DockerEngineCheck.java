/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change;
import io.kairos.eval.doctor.Change.Command;
import io.kairos.eval.doctor.Change.JsonMember;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.DockerDaemon;
import io.kairos.eval.doctor.site.Host;
import io.kairos.eval.doctor.site.Known;
import io.kairos.eval.doctor.site.NodePlan;
import io.kairos.node.docker.EngineInfo;
import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.conf.NodeManagerKeys;
import java.util.List;
import java.util.Optional;

/** The Docker engine of a node: whether paused containers are safe with it, and who may talk to it. */
final class DockerEngineCheck implements Check {
    static final Rule LIVE_RESTORE = Rule.error(
            "docker-live-restore",
            "The engine runs without live-restore.",
            "When the engine stops or is upgraded it ends its containers, and paused ones die in it with all they have"
                    + " attained.",
            "The line of daemon.json, which the engine reads anew without a restart.");
    static final Rule ABSENT = Rule.error(
            "docker-socket-missing",
            "There is no socket where the engine's should be.",
            "The NodeManager does not start: it finds no engine.",
            "The command that starts the engine.");
    static final Rule RIGHTS = Rule.error(
            "docker-socket-rights",
            "The NodeManager's user may not talk to the engine.",
            "The NodeManager does not start: it can neither start nor pause containers.",
            "The command that lets the user into the group, and a new start of the NodeManager.");
    static final Rule OPEN = Rule.warning(
            "docker-socket-open",
            "Everybody may talk to the engine.",
            "Who may do so is as good as root on the node: any task that is a plain process, for one.",
            "The command that takes the right away.");
    static final Rule DRIVER = Rule.advice(
            "docker-cgroup-driver",
            "The engine's cgroup driver is systemd, and the NodeManager is not root.",
            "Containers cannot be put into groups of the NodeManager's: each pause asks the engine, tens of milliseconds"
                    + " instead of less than one.",
            "The line of daemon.json, and conf/docker/delegate after each boot.");

    @Override
    public String subject() {
        return "Docker engine";
    }

    @Override
    public List<Rule> rules() {
        return List.of(LIVE_RESTORE, ABSENT, RIGHTS, OPEN, DRIVER);
    }

    @Override
    public String needless(Patient patient) {
        return Scope.ofDocker(patient);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        Known<DockerDaemon> file = patient.files().docker();
        if (patient.host().value().isEmpty()) {
            notes.unchecked(subject(), patient.host().whyNot());
            file.value()
                    .filter(daemon -> !daemon.liveRestore())
                    .ifPresent(daemon -> notes.found(
                            LIVE_RESTORE, daemon.file() + ": live-restore is not true", liveRestore(daemon)));
            return;
        }
        Host host = patient.host().value().get();
        host.socket().value().ifPresent(socket -> examine(socket, host, notes));
        examineLiveRestore(host.engine(), file, notes);
        NodePlan plan = patient.plan();
        if (plan.startsContainers() && plan.read(NodeManagerKeys.PAUSER).equals("auto")) {
            examineDriver(host, file, notes);
        }
        if (!host.engine().isKnown()) {
            notes.unchecked("what the Docker engine itself says", host.engine().whyNot());
        }
    }

    private static void examine(Host.Socket socket, Host host, Notes notes) {
        String key = DockerKeys.HOST.name();
        if (!socket.exists()) {
            notes.found(ABSENT, key + ": there is no " + socket.path(), new Command("systemctl enable --now docker"));
        } else if (!socket.usable()) {
            notes.found(
                    RIGHTS,
                    socket.path() + " may not be written by user " + host.user(),
                    new Command("usermod -aG docker " + host.user()));
        }
        if (socket.openToAll()) {
            notes.found(
                    OPEN, socket.path() + " may be written by everybody", new Command("chmod o-rw " + socket.path()));
        }
    }

    /** The engine's own word counts; what its file says comes true when it reads it again. */
    private static void examineLiveRestore(Known<Host.Engine> engine, Known<DockerDaemon> file, Notes notes) {
        DockerDaemon daemon = daemon(file);
        Optional<EngineInfo> info = engine.value().map(Host.Engine::info);
        if (info.filter(EngineInfo::liveRestore).isPresent() || (info.isEmpty() && daemon.liveRestore())) {
            return;
        }
        if (daemon.liveRestore()) {
            notes.found(
                    LIVE_RESTORE,
                    "the engine runs without live-restore, though " + daemon.file() + " has it",
                    new Command("systemctl reload docker"));
        } else {
            notes.found(LIVE_RESTORE, daemon.file() + ": live-restore is not true", liveRestore(daemon));
        }
    }

    private static Change[] liveRestore(DockerDaemon daemon) {
        return new Change[] {
            new JsonMember(daemon.file().toString(), "live-restore", "true"), new Command("systemctl reload docker")
        };
    }

    private static void examineDriver(Host host, Known<DockerDaemon> file, Notes notes) {
        Optional<String> driver = host.engine()
                .value()
                .map(engine -> engine.info().cgroupDriver())
                .or(() -> daemon(file).cgroupDriver());
        if (!host.root() && driver.filter("systemd"::equals).isPresent()) {
            notes.found(
                    DRIVER,
                    "the engine's cgroup driver is systemd",
                    new JsonMember(daemon(file).file().toString(), "exec-opts", "[\"native.cgroupdriver=cgroupfs\"]"),
                    new Command("systemctl restart docker"));
        }
    }

    /** Where there is no file the engine has its own defaults. */
    private static DockerDaemon daemon(Known<DockerDaemon> file) {
        return file.value().orElse(new DockerDaemon(DockerDaemon.USUAL, false, Optional.empty()));
    }
}
