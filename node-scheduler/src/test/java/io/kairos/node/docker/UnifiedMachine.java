/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * This machine as one of cgroup v2: a mount namespace in which {@code /sys/fs/cgroup} is the unified hierarchy and nothing else.
 * A shell keeps it, and ends with this process even if that is killed; with the last process inside go all its mounts. Needs
 * root.
 */
public final class UnifiedMachine implements AutoCloseable {
    /** Waits for the end of its input, which is that of this process or {@link #close}. */
    private static final String KEEP = "umount --recursive --lazy /sys/fs/cgroup"
            + " && mount -t cgroup2 none /sys/fs/cgroup && echo ready && read -r";

    private final Process keeper;

    public UnifiedMachine() throws IOException {
        keeper = new ProcessBuilder("unshare", "--mount", "bash", "-c", KEEP)
                .redirectErrorStream(true)
                .start();
        awaitReady(keeper);
    }

    /** Whether the kernel has cgroup v2 at all; without it there is nothing to try. */
    public static boolean isKnownToTheKernel() throws IOException {
        return Files.readAllLines(Path.of("/proc/filesystems")).stream()
                .anyMatch(line -> line.strip().endsWith("cgroup2"));
    }

    /** What comes before a command that is to run inside; the process stays the same one. */
    public List<String> prefix() {
        return List.of("nsenter", "--mount=/proc/" + keeper.pid() + "/ns/mnt", "--");
    }

    /** A path inside, seen from here. */
    public Path see(String path) {
        return Path.of("/proc", Long.toString(keeper.pid()), "root", path.substring(1));
    }

    /** The mounts inside, as the kernel tells them. */
    public Path mountInfo() {
        return Path.of("/proc", Long.toString(keeper.pid()), "mountinfo");
    }

    /** Runs a shell script inside until its {@code echo ready}; then it goes on as long as its input is open. */
    public Process keep(String script) throws IOException {
        List<String> command = new ArrayList<>(prefix());
        command.addAll(List.of("bash", "-c", script));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        awaitReady(process);
        return process;
    }

    private static void awaitReady(Process process) throws IOException {
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (!"ready".equals(line)) {
            process.destroyForcibly();
            throw new IOException("a mount namespace with cgroup v2 could not be made: " + line);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        keeper.getOutputStream().close();
        if (!keeper.waitFor(10, TimeUnit.SECONDS)) {
            keeper.destroyForcibly().waitFor();
        }
    }
}
