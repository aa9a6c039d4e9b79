/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import java.lang.reflect.Method;

/**
 * Lets CapacityScheduler's asynchronous threads rest while another scheduler has its turn: they would walk the nodes all the
 * while.
 */
final class IdleThreads {
    private static final String KIND = "AsyncScheduleThread";

    private final boolean present;

    /** @param present whether there are such threads; else nothing is done */
    IdleThreads(boolean present) {
        this.present = present;
    }

    void rest() {
        callAll("suspendSchedule");
    }

    void work() {
        callAll("beginSchedule");
    }

    private void callAll(String name) {
        if (!present) {
            return;
        }
        int found = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getClass().getSimpleName().equals(KIND)) {
                try {
                    Method method = thread.getClass().getMethod(name);
                    method.setAccessible(true);
                    method.invoke(thread);
                    found++;
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(KIND + " is not what it is in Hadoop 3.5.0", e);
                }
            }
        }
        if (found == 0) {
            throw new IllegalStateException("there is no " + KIND);
        }
    }
}
