/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The freezer's logic on a folder that a fake kernel answers for, in virtual time. */
final class CgroupPauserTest {
    private static final long PID = 4711;

    private final Path root;
    private final FakeFreezer kernel = new FakeFreezer();

    CgroupPauserTest(@TempDir Path root) {
        this.root = root;
    }

    private CgroupPauser pauser(FreezerVersion version) {
        return new CgroupPauser(version, root, "kairos/node-1", kernel, kernel);
    }

    private Path group(FreezerVersion version, String task, String processes) throws IOException {
        Path group =
                pauser(version).prepare(task).orElseThrow().resolveSibling("").normalize();
        kernel.serve(version, group, processes);
        return group;
    }

    @ParameterizedTest
    @EnumSource
    void aFreezeIsConfirmedOnlyWhenTheKernelSaysSo(FreezerVersion version) throws IOException {
        Path group = group(version, "task", "1\n" + PID + "\n");
        kernel.freezeAfterRests(5);
        pauser(version).pause("task", PID);
        assertThat(version.isConfirmed(kernel, group, true)).isTrue();
        assertThat(kernel.rests()).isGreaterThanOrEqualTo(5);
        assertThat(pauser(version).isPaused("task", PID)).isTrue();
        assertThat(pauser(version).frozenTasks()).containsExactly("task");
        pauser(version).resume("task", PID);
        assertThat(version.isConfirmed(kernel, group, false)).isTrue();
        assertThat(pauser(version).isPaused("task", PID)).isFalse();
        assertThat(pauser(version).frozenTasks()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aFreezeThatIsNotConfirmedInTimeIsUndone(FreezerVersion version) throws IOException {
        Path group = group(version, "task", PID + "\n");
        kernel.neverFreeze();
        assertThatThrownBy(() -> pauser(version).pause("task", PID))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot freeze task task at " + version.stateFile(group))
                .hasMessageContaining("expected '" + version.confirmation(true) + "'")
                .hasNoSuppressedExceptions();
        assertThat(kernel.elapsedMillis()).isBetween(2000L, 2100L);
        assertThat(pauser(version).frozenTasks()).isEmpty();
        assertThat(version.isConfirmed(kernel, group, false)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aTaskThatEndsWhileItIsToBeFrozenIsGone(FreezerVersion version) throws IOException {
        Path group = group(version, "task", PID + "\n");
        kernel.neverFreeze();
        kernel.leaveAfterRests(3);
        assertThatThrownBy(() -> pauser(version).pause("task", PID))
                .isInstanceOf(TaskGoneException.class)
                .hasMessage("task task ended while it was to be frozen");
        assertThat(version.isConfirmed(kernel, group, false)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aFreezeThatCannotBeUndoneEitherSaysSoAndIsFoundByTheSweep(FreezerVersion version) throws IOException {
        group(version, "task", PID + "\n");
        kernel.freezeAfterRests(1);
        pauser(version).pause("task", PID);
        kernel.neverThaw();
        assertThatThrownBy(() -> pauser(version).pause("task", PID + 1))
                .hasMessageContaining("has no process")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .extracting(Throwable::getMessage)
                        .asString()
                        .contains("cannot thaw task task")
                        .contains("expected '" + version.confirmation(false) + "'"));
        assertThat(kernel.elapsedMillis()).isLessThan(2600L);
        assertThat(pauser(version).frozenTasks()).containsExactly("task");
    }

    @ParameterizedTest
    @EnumSource
    void anAbsentProcessFailsThePauseAndThawsTheGroup(FreezerVersion version) throws IOException {
        Path group = group(version, "task", "1\n47110\n");
        assertThatThrownBy(() -> pauser(version).pause("task", PID))
                .isInstanceOf(IOException.class)
                .hasMessage("task task has no process " + PID + " in " + group.resolve("cgroup.procs"));
        assertThat(version.isConfirmed(kernel, group, false)).isTrue();
    }

    @Test
    void aGroupThatWasNeverPreparedIsNamed() throws IOException {
        CgroupPauser pauser = pauser(FreezerVersion.V1);
        assertThatThrownBy(() -> pauser.pause("task", PID))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("task task has no cgroup " + root.resolve("kairos/node-1/task"));
        assertThat(pauser.isPaused("task", PID)).isFalse();
        assertThat(pauser.frozenTasks()).isEmpty();
        pauser.resume("task", PID);
        pauser.release("task");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "/etc", "a b", "a\nb", ".hidden", "täsk", "a;b", "$(x)"})
    void namesThatCouldLeadElsewhereAreRefused(String name) {
        CgroupPauser pauser = pauser(FreezerVersion.V1);
        assertThatThrownBy(() -> pauser.prepare(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 1 to 200 of")
                .message()
                .doesNotContain("\n");
        assertThatThrownBy(() -> pauser.pause(name, PID)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pauser.thaw(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pauser.release(name)).isInstanceOf(IllegalArgumentException.class);
        assertThat(root).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "kairos/../..", "/kairos", "kairos//x", "kairos/"})
    void parentsThatCouldLeadElsewhereAreRefused(String parent) {
        assertThatThrownBy(() -> new CgroupPauser(FreezerVersion.V1, root, parent, kernel, kernel))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the parent cgroup '" + parent + "'");
    }

    @Test
    void aParentThatCannotBeMadeIsNamed() throws IOException {
        Files.writeString(root.resolve("kairos"), "in the way");
        assertThatThrownBy(() -> pauser(FreezerVersion.V2).prepare("task"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot create the cgroup " + root.resolve("kairos/node-1/task"));
    }

    @ParameterizedTest
    @EnumSource
    void releaseWaitsForADyingProcess(FreezerVersion version) throws IOException {
        Path group = group(version, "task", PID + "\n");
        kernel.emptyAfterRests(7);
        pauser(version).release("task");
        assertThat(group).doesNotExist();
        pauser(version).close();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void releaseOfAGroupInUseSaysWhoUsesIt() throws IOException {
        Path group = group(FreezerVersion.V1, "task", PID + "\n");
        assertThatThrownBy(() -> pauser(FreezerVersion.V1).release("task"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot remove the cgroup " + group)
                .hasMessageContaining("found [" + PID + "]");
        assertThat(kernel.elapsedMillis()).isBetween(2000L, 2100L);
        pauser(FreezerVersion.V1).close();
        assertThat(group).exists();
    }
}
