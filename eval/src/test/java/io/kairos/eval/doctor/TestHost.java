/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

import io.kairos.eval.doctor.site.Host;
import io.kairos.eval.doctor.site.Host.Trial;
import io.kairos.eval.doctor.site.Known;
import io.kairos.node.docker.EngineInfo;
import java.util.List;
import java.util.TreeSet;

/** A node in good order, until a test changes it. Not thread-safe. */
final class TestHost {
    static final Trial GROUPS = new Trial(true, "cgroup", "pauser cgroup, chosen by auto: cgroup v2 at /sys/fs/cgroup");

    static final Trial CONTAINER_GROUPS =
            new Trial(true, "cgroup", "in groups of their own, cgroup v2 at /sys/fs/cgroup");

    boolean root;
    int cores = 4;
    long memoryMb = 24_000;
    Trial processes = GROUPS;
    Trial containers = CONTAINER_GROUPS;
    boolean socketExists = true;
    boolean socketUsable = true;
    boolean socketOpen;
    boolean engineAnswers = true;
    boolean liveRestore = true;
    String driver = "cgroupfs";
    final TreeSet<String> images = new TreeSet<>(List.of("spark:3.5"));
    final TreeSet<String> withHealthCheck = new TreeSet<>();
    boolean linksProtected = true;

    Host build() {
        Host.Engine engine = new Host.Engine(
                new EngineInfo("20.10.24", "2", driver, liveRestore), List.copyOf(images), withHealthCheck);
        return new Host(
                "node-1.example.org",
                root ? "root" : "yarn",
                root,
                cores,
                memoryMb,
                Known.of(processes),
                Known.of(containers),
                Known.of(new Host.Socket("/var/run/docker.sock", socketExists, socketUsable, socketOpen)),
                engineAnswers ? Known.of(engine) : Known.not("no Docker engine answers: nobody listens"),
                Known.of(linksProtected));
    }
}
