/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.site;

import io.kairos.node.docker.EngineInfo;
import java.util.List;
import java.util.Set;

/**
 * A machine as a node. Immutable.
 *
 * @param name its own name
 * @param user who runs the NodeManager
 * @param root whether that is root
 * @param cores processors
 * @param memoryMb memory, mebibytes
 * @param processes how plain processes would be paused, found out by doing it
 * @param containers how Docker containers would be paused
 * @param socket of the Docker engine
 * @param engine the Docker engine
 * @param linksProtected whether the kernel does not follow links of strangers in folders that all may write
 */
public record Host(
        String name,
        String user,
        boolean root,
        int cores,
        long memoryMb,
        Known<Trial> processes,
        Known<Trial> containers,
        Known<Socket> socket,
        Known<Engine> engine,
        Known<Boolean> linksProtected) {
    /**
     * What came of trying to pause something.
     *
     * @param works whether a NodeManager would start
     * @param pauser its name; empty if none works
     * @param words which and why, or why not
     */
    public record Trial(boolean works, String pauser, String words) {}

    /**
     * The engine's socket.
     *
     * @param exists whether it is there
     * @param usable whether the NodeManager's user may talk to it
     * @param openToAll whether everybody may
     */
    public record Socket(String path, boolean exists, boolean usable, boolean openToAll) {}

    /**
     * An engine that answers.
     *
     * @param images by name and tag
     * @param withHealthCheck those whose containers run a health check
     */
    public record Engine(EngineInfo info, List<String> images, Set<String> withHealthCheck) {
        public Engine {
            images = List.copyOf(images);
            withHealthCheck = Set.copyOf(withHealthCheck);
        }
    }
}
