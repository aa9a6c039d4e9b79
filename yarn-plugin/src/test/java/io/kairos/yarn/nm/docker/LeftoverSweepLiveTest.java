/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.docker.ContainerSpec;
import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.DockerTest;
import io.kairos.node.docker.EngineException;
import io.kairos.node.docker.Lab;
import io.kairos.node.pauser.ContainerGroupPauser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DockerTest
class LeftoverSweepLiveTest {
    private static final String SLEEP = "sleep 600";

    private final LostKills lostKills = new LostKills();

    @Test
    void whatYarnKnowsStaysAndWhatItHasGivenUpGoesThoughItIsFrozen(@TempDir Path folder) throws Exception {
        try (Lab lab = new Lab(folder)) {
            String owner = folder.toString();
            ContainerSpec spec = owned(lab, Lab.newName(), owner);
            lab.start(spec);
            ContainerGroupPauser groups = new ContainerGroupPauser();
            LeftoverSweep sweep = sweep(lab.engine, groups, owner, spec.name());
            groups.pause(spec.name(), lab.pid(spec.name()));

            sweep.look();
            sweep.look();
            assertThat(lab.engine.inspect(spec.name())).isNotNull();

            lostKills.add(spec.name(), () -> false);
            sweep.look();
            assertThat(lab.engine.inspect(spec.name())).isNull();
            assertThat(lostKills.names()).isEmpty();

            lostKills.add(spec.name(), () -> false); // gone without our doing
            sweep.look();
            assertThat(lostKills.names()).isEmpty();
        }
    }

    @Test
    void oneThatIsStartedAnewStays(@TempDir Path folder) throws Exception {
        try (Lab lab = new Lab(folder)) {
            String owner = folder.toString();
            ContainerSpec spec = owned(lab, Lab.newName(), owner);
            lab.start(spec);
            lostKills.add(spec.name(), () -> false);
            lostKills.launched(spec.name());
            lostKills.add(spec.name(), () -> true); // a kill of the one before, which fails this late
            sweep(lab.engine, new ContainerGroupPauser(), owner, spec.name()).look();
            assertThat(lab.status(spec.name()).running()).isTrue();
        }
    }

    /** The launch comes when the sweep has decided already: what it removes is the old container, not the name. */
    @Test
    void oneThatIsStartedAnewInTheMiddleOfASweepStays(@TempDir Path folder) throws Exception {
        try (Lab lab = new Lab(folder);
                Relaunching engine = new Relaunching(lab, lostKills)) {
            String owner = folder.toString();
            ContainerSpec spec = owned(lab, Lab.newName(), owner);
            lab.start(spec);
            String old = lab.status(spec.name()).id();
            engine.next = spec;
            lostKills.add(spec.name(), () -> false);
            sweep(engine, new ContainerGroupPauser(), owner, spec.name()).look();
            assertThat(lab.status(spec.name()).running()).isTrue();
            assertThat(lab.status(spec.name()).id()).isNotEqualTo(old);
        }
    }

    /** Before a removal the container is launched anew, as the executor does it. */
    private static final class Relaunching extends DockerEngine {
        private final Lab lab;
        private final LostKills lostKills;
        private @Nullable ContainerSpec next;

        Relaunching(Lab lab, LostKills lostKills) {
            super(Lab.HOST, Duration.ofSeconds(5), Duration.ofSeconds(30));
            this.lab = lab;
            this.lostKills = lostKills;
        }

        @Override
        public void remove(String name) throws EngineException {
            ContainerSpec spec = next;
            if (spec != null) {
                next = null;
                lostKills.launched(spec.name());
                lab.engine.remove(spec.name());
                lab.engine.create(spec);
                lab.engine.start(spec.name());
            }
            super.remove(name);
        }
    }

    private LeftoverSweep sweep(DockerEngine engine, ContainerGroupPauser groups, String owner, String known) {
        return new LeftoverSweep(engine, new RoutedPauser(groups, groups), owner, () -> List.of(known), lostKills);
    }

    private static ContainerSpec owned(Lab lab, String name, String owner) {
        ContainerSpec plain = lab.spec(name, SLEEP);
        return new ContainerSpec(
                plain.name(),
                plain.image(),
                plain.user(),
                plain.groups(),
                plain.entrypoint(),
                plain.command(),
                plain.environment(),
                plain.workingDirectory(),
                plain.mounts(),
                plain.network(),
                plain.capabilities(),
                plain.memoryBytes(),
                plain.cpuShares(),
                plain.nanoCpus(),
                plain.cgroupParent(),
                Map.of(SpecBuilder.OWNER, owner));
    }
}
