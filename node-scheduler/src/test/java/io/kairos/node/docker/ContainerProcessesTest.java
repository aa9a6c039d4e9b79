/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerProcessesTest {
    private static final String ID = "ab".repeat(32);
    private static final String OTHER = "cd".repeat(32);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path proc;

    private final List<Long> killed = new ArrayList<>();
    private int rests;

    @Test
    void endsThoseOfTheContainerAndNoOther() throws Exception {
        process(7, "9:freezer:/docker/" + ID, 'S');
        process(8, "0::/system.slice/docker-" + ID + ".scope", 'D');
        process(9, "9:freezer:/docker/" + OTHER, 'S');
        process(10, "9:freezer:/", 'R');
        Files.createDirectory(proc.resolve("11")); // ended while it was looked at
        Files.createDirectory(proc.resolve("sys"));
        new ContainerProcesses(proc, this::kill, () -> rests++).end(ID);
        assertThat(killed).containsExactlyInAnyOrder(7L, 8L);
    }

    @Test
    void oneThatHasEndedIsLeftToItsParent() throws Exception {
        process(7, "0::/docker/" + ID, 'Z');
        new ContainerProcesses(proc, this::kill, () -> rests++).end(ID);
        assertThat(killed).isEmpty();
    }

    @Test
    void oneThatMayNotBeKilledIsTold() throws IOException {
        process(7, "9:freezer:/docker/" + ID, 'S');
        assertThatThrownBy(() -> new ContainerProcesses(proc, killed::add, () -> rests++).end(ID))
                .isInstanceOf(IOException.class)
                .hasMessage("processes [7] of container " + ID
                        + " run on, unseen by its engine; expected the right to kill them");
        assertThat(killed).hasSize(rests).containsOnly(7L);
    }

    @Test
    void whoIsInterruptedWaitsNoLonger() throws IOException {
        process(7, "9:freezer:/docker/" + ID, 'S');
        ContainerProcesses processes = new ContainerProcesses(proc, killed::add, () -> {
            throw new InterruptedException();
        });
        assertThatThrownBy(() -> processes.end(ID))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("stopped waiting for the processes of container " + ID);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(killed).containsExactly(7L);
    }

    @Test
    void whatIsNoIdEndsNobody() throws IOException {
        process(7, "9:freezer:/docker/" + ID, 'S');
        ContainerProcesses processes = new ContainerProcesses(proc, this::kill, () -> rests++);
        for (String id : List.of("", "docker", ID.substring(1))) {
            assertThatThrownBy(() -> processes.end(id))
                    .isInstanceOf(IOException.class)
                    .hasMessage("'" + id + "' is no container's id; expected 64 hexadecimal digits");
        }
        assertThat(killed).isEmpty();
    }

    @Test
    void aNameInNoCharsetHidesNobody() throws Exception {
        process(7, "9:freezer:/docker/" + ID, 'S');
        Files.write(proc.resolve("7/status"), new byte[] {'N', (byte) 0xC3, '\n'});
        new ContainerProcesses(proc, this::kill, () -> rests++).end(ID);
        assertThat(killed).containsExactly(7L);
    }

    private void process(long pid, String group, char state) throws IOException {
        Path folder = Files.createDirectory(proc.resolve(Long.toString(pid)));
        Files.writeString(folder.resolve("cgroup"), "11:cpu:/\n" + group + "\n");
        Files.writeString(
                folder.resolve("status"), "Name:\tjava\nState:\t" + state + " (as it is)\nPid:\t" + pid + "\n");
    }

    private void kill(long pid) {
        killed.add(pid);
        try {
            Files.delete(proc.resolve(pid + "/cgroup"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
