/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** The orders in use. Both are as thread-safe as the function handed in; the first has no state at all. */
public final class TaskOrders {
    private static final TaskOrder ATTAINED_SERVICE = new TaskOrder() {
        @Override
        public double priority(String application, double attainedNanos) {
            return attainedNanos;
        }

        @Override
        public double requiredLead(long quantumNanos) {
            return quantumNanos / 2.0;
        }

        @Override
        public boolean isAttainedService() {
            return true;
        }

        @Override
        public String toString() {
            return "attained service of the task";
        }
    };

    private TaskOrders() {}

    /**
     * The published order: the task that has attained least service comes first, and a task whose quantum ended gives way only
     * to one that has attained at least half a quantum less. Source: the authors' last code version (the talk does not name
     * the gap).
     */
    public static TaskOrder attainedService() {
        return ATTAINED_SERVICE;
    }

    /**
     * A job-aware order: the task whose application has the lowest key comes first. Keys may change at any time; they are
     * asked for anew at each decision. Any strictly lower key is lead enough.
     *
     * @param keys from an application to its key, which must be finite; it must answer for applications it does not know, too
     */
    public static TaskOrder applicationKeys(ToDoubleFunction<String> keys) {
        Objects.requireNonNull(keys, "keys");
        return new TaskOrder() {
            @Override
            public double priority(String application, double attainedNanos) {
                return keys.applyAsDouble(application);
            }

            @Override
            public double requiredLead(long quantumNanos) {
                return 0;
            }

            @Override
            public String toString() {
                return "key of the application";
            }
        };
    }
}
