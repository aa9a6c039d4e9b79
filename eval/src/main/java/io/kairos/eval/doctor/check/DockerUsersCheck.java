/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change.Command;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.NodePlan;
import io.kairos.eval.doctor.site.SiteFiles;
import io.kairos.yarn.conf.DockerKeys;
import java.util.List;

/** As whom Docker containers run, and keys for them where there are none. */
final class DockerUsersCheck implements Check {
    static final Rule NOT_ROOT = Rule.error(
            "docker-submitter-not-root",
            "Containers are to run as their submitters, and the NodeManager is not root.",
            "The NodeManager does not start: only root can give a task's files to its user.",
            "The property with the NodeManager's user, or a NodeManager that is root.");
    static final Rule LINKS = Rule.warning(
            "docker-submitter-links",
            "Containers run as their submitters without Kerberos, and the kernel follows links of strangers.",
            "YARN's web page of a running container's logs follows links: with one a user reads what root may read.",
            "The command that has the kernel not follow them.");
    static final Rule UNUSED = Rule.warning(
            "docker-keys-unused",
            "Keys for Docker are set, and the executor starts no Docker containers by them.",
            "They have no effect: what asks for Docker runs as a plain process, or by YARN's own rules.",
            "Take them out, or set KairosDockerContainerExecutor.");

    @Override
    public String subject() {
        return "users of Docker containers";
    }

    @Override
    public List<Rule> rules() {
        return List.of(NOT_ROOT, LINKS, UNUSED);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        NodePlan plan = patient.plan();
        if (plan.isNode() && !plan.startsContainers()) {
            examineUnused(files, plan, notes);
        }
        if (!plan.startsContainers() || !plan.read(DockerKeys.RUN_AS_USER).equals("submitter")) {
            return;
        }
        String key = DockerKeys.RUN_AS_USER.name();
        if (!patient.host().isKnown()) {
            notes.unchecked(subject(), patient.host().whyNot());
        }
        patient.host().value().ifPresent(host -> {
            if (!host.root()) {
                notes.found(
                        NOT_ROOT,
                        files.told(key) + ", the NodeManager's user is " + host.user(),
                        Mend.to(files, key, "nodemanager"));
            } else if (!plan.isSecure()
                    && host.linksProtected().value().filter(on -> !on).isPresent()) {
                notes.found(
                        LINKS,
                        files.told(key) + ", fs.protected_symlinks is not 1",
                        new Command("sysctl -w fs.protected_symlinks=1"));
            }
        });
    }

    private static void examineUnused(SiteFiles files, NodePlan plan, Notes notes) {
        for (var key : DockerKeys.ALL) {
            // The engine itself is the same for both executors that pause containers.
            boolean ofEngine = List.of(DockerKeys.HOST, DockerKeys.CALL_LIMIT, DockerKeys.START_LIMIT)
                    .contains(key);
            if (files.isSet(key.name()) && !(plan.usesDocker() && ofEngine)) {
                notes.found(UNUSED, files.told(key.name()), Mend.without(files, key.name()));
            }
        }
    }
}
