/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs to be allowed to make a group, as engines do. */
@DockerTest
class ContainerRemovalLiveTest {
    private static final Path V1 = Path.of("/sys/fs/cgroup/freezer");
    private static final Path ROOT = Files.isDirectory(V1) ? V1 : Path.of("/sys/fs/cgroup");

    @Test
    void whatTheEngineForgotGoesWithTheContainer(@TempDir Path folder) throws Exception {
        try (Lab lab = new Lab(folder)) {
            String name = Lab.newName();
            lab.create(name, "exit 0");
            Path group = ROOT.resolve("kairos-test-" + lab.status(name).id());
            makeGroup(group);
            Process forgotten = new ProcessBuilder("sleep", "600").start();
            try {
                Files.writeString(group.resolve("cgroup.procs"), Long.toString(forgotten.pid()));
                new ContainerRemoval(lab.engine).remove(name);
                assertThat(forgotten.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(lab.engine.inspect(name)).isNull();
            } finally {
                forgotten.destroyForcibly().waitFor();
                Files.delete(group);
            }
        }
    }

    @Test
    void oneThatRunsGoesTooAndOneThatIsNotThereIsNoError(@TempDir Path folder) throws Exception {
        try (Lab lab = new Lab(folder)) {
            String name = lab.startCounter();
            ContainerRemoval removal = new ContainerRemoval(lab.engine);
            removal.remove(name);
            assertThat(lab.engine.inspect(name)).isNull();
            removal.remove(name);
        }
    }

    private static void makeGroup(Path group) {
        try {
            Files.createDirectory(group);
        } catch (IOException e) {
            assumeTrue(false, "skipped: " + e);
        }
    }
}
