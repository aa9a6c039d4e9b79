/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Nodes that are alike.
 *
 * @param count how many
 * @param slots tasks that each runs at a time
 * @param speed work that a task of theirs does a second; the durations of a workload are those at speed 1
 */
public record NodeGroup(int count, int slots, double speed) {
    private static final int MOST = 1_000_000;
    private static final int MOST_SLOTS = 256;
    private static final double LEAST_SPEED = 0.01;
    private static final double MOST_SPEED = 100;
    private static final Pattern FORM = Pattern.compile("(\\d{1,7})x(\\d{1,3})(?:@(\\d{1,3}(?:\\.\\d{1,4})?))?");

    public NodeGroup {
        require(count >= 1 && count <= MOST, "nodes must be 1 to " + MOST + ", were " + count);
        require(slots >= 1 && slots <= MOST_SLOTS, "slots must be 1 to " + MOST_SLOTS + ", were " + slots);
        require(
                speed >= LEAST_SPEED && speed <= MOST_SPEED,
                "speed must be " + LEAST_SPEED + " to " + MOST_SPEED + ", was " + speed);
    }

    /**
     * Reads {@code COUNTxSLOTS} or {@code COUNTxSLOTS@SPEED}, as in {@code 20x4@0.5}.
     *
     * @throws IllegalArgumentException if it is neither; its one line says what was expected
     */
    public static NodeGroup parse(String text) {
        Matcher matcher = FORM.matcher(text);
        require(matcher.matches(), "'" + text + "': expected COUNTxSLOTS or COUNTxSLOTS@SPEED, as in 20x4@0.5");
        String speed = matcher.group(3);
        return new NodeGroup(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                speed == null ? 1 : Double.parseDouble(speed));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
