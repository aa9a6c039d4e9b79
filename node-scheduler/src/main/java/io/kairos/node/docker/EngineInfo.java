/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

/**
 * What an engine says of itself.
 *
 * @param version the server's version
 * @param cgroupVersion {@code 1} or {@code 2}
 * @param cgroupDriver {@code cgroupfs} or {@code systemd}
 * @param liveRestore whether containers survive the engine; without it a paused container dies when the engine stops
 */
public record EngineInfo(String version, String cgroupVersion, String cgroupDriver, boolean liveRestore) {}
