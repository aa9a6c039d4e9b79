/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

/**
 * A container as the engine sees it; its word on {@code paused} is no proof, see {@link io.kairos.node.pauser.Pauser#isPaused}.
 *
 * @param id the engine's id, 64 hexadecimal digits
 * @param name the name it was given
 * @param begun whether it runs or ever ran, rather than that it was only created
 * @param running whether it has a process, paused or not
 * @param pid its first process on the host, 0 if it has none
 * @param exitCode how it ended; 0 while it runs
 * @param outOfMemory whether it was killed for exceeding its memory
 */
public record ContainerStatus(
        String id,
        String name,
        boolean begun,
        boolean running,
        boolean paused,
        long pid,
        int exitCode,
        boolean outOfMemory) {}
