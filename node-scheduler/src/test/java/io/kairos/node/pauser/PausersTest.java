/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PausersTest {
    private final Path root;

    PausersTest(@TempDir Path root) {
        this.root = root;
    }

    private CgroupPauser cgroup() {
        return new CgroupPauser(FreezerVersion.V1, root, "kairos", KernelFiles.SYSTEM, Deadline.Pace.SYSTEM);
    }

    private static <P extends Pauser> Pausers.Source<P> failing(String reason) {
        return () -> {
            throw new IOException(reason);
        };
    }

    @Test
    void autoTakesTheCgroupWhereItWorks() throws IOException {
        Pausers.Choice choice = Pausers.choose("auto", this::cgroup, failing("not asked"));
        assertThat(choice.pauser().name()).isEqualTo("cgroup");
        assertThat(choice.reason())
                .isEqualTo("pauser cgroup, chosen by auto: cgroup v1 freezer at " + root.resolve("kairos"));
    }

    @Test
    void autoFallsBackToSignalsAndSaysWhy() throws IOException {
        Pausers.Choice choice = Pausers.choose("auto", failing("no freezer"), SignalPauser::new);
        try (Pauser pauser = choice.pauser()) {
            assertThat(pauser.name()).isEqualTo("signal");
        }
        assertThat(choice.reason()).contains("chosen by auto").endsWith("no freezer");
    }

    @Test
    void autoFailsWithBothReasons() {
        assertThatThrownBy(() -> Pausers.choose("auto", failing("no freezer"), failing("no proc")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no freezer")
                .hasMessageContaining("no proc");
    }

    @Test
    void aNamedPauserIsNotReplacedByAnother() throws IOException {
        assertThatThrownBy(() -> Pausers.choose("cgroup", failing("no freezer"), SignalPauser::new))
                .isInstanceOf(IOException.class)
                .hasMessage("pauser cgroup cannot be used: no freezer");
        assertThatThrownBy(() -> Pausers.choose("signal", this::cgroup, failing("no proc")))
                .hasMessage("pauser signal cannot be used: no proc");
        assertThat(Pausers.choose("cgroup", this::cgroup, SignalPauser::new).reason())
                .startsWith("pauser cgroup, as configured: ");
        Pausers.Choice signal = Pausers.choose("signal", "kairos");
        signal.pauser().close();
        assertThat(signal.reason()).isEqualTo("pauser signal, as configured");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "docker", "Signal", "auto "})
    void anUnknownNameListsTheKnownOnes(String name) {
        assertThatThrownBy(() -> Pausers.choose(name, "kairos"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown pauser '" + name + "'; expected one of auto, cgroup, signal");
    }

    @Test
    void aBadParentIsRefused() {
        assertThatThrownBy(() -> Pausers.choose("cgroup", "../kairos"))
                .isInstanceOfAny(IllegalArgumentException.class, IOException.class)
                .hasMessageContaining("kairos");
    }
}
