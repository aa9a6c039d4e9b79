/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.util.regex.Pattern;

/** The names that an engine gives to groups of one container alone. */
public final class ContainerGroupName {
    /** With the cgroupfs driver the id, with the systemd driver a scope. */
    private static final Pattern ONE_CONTAINER = Pattern.compile("([0-9a-f]{64})|(docker-[0-9a-f]{64}\\.scope)");

    private ContainerGroupName() {}

    /** Whether a group of that name holds one container and nothing else. */
    public static boolean isOfOne(String name) {
        return ONE_CONTAINER.matcher(name).matches();
    }
}
