/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

/**
 * The tasks of a node and the slots it has for them, which are compared as the fraction they are: tasks for each slot. Equality is
 * that of the two numbers; loads that are equally high are equal in lowest terms. Immutable, so thread-safe.
 *
 * @param tasks on the node; at least 0
 * @param slots N of the node; at least 1
 */
public record Load(int tasks, int slots) {
    /** Whether there are more tasks for each slot than there; exact, without rounding or overflow. */
    public boolean isMoreThan(Load other) {
        return compare(tasks, slots, other.tasks, other.slots) > 0;
    }

    /** The order by tasks for each slot, fewest first, for who has the numbers and no object. */
    static int compare(int tasks, int slots, int otherTasks, int otherSlots) {
        return slots == otherSlots
                ? Integer.compare(tasks, otherTasks)
                : Long.compare((long) tasks * otherSlots, (long) otherTasks * slots);
    }

    /** Of these tasks on these slots, in lowest terms. */
    static Load inLowestTerms(int tasks, int slots) {
        int divisor = greatestCommonDivisor(tasks, slots);
        return new Load(tasks / divisor, slots / divisor);
    }

    private static int greatestCommonDivisor(int one, int other) {
        return one == 0 ? other : greatestCommonDivisor(other % one, one);
    }
}
