/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which processes belong to a task: those of the session its first process leads, their descendants, and all of the sessions
 * that such descendants made for themselves. A process cannot enter a session that exists, so none of these sessions, and no
 * process group in them, holds a process of anyone else: whole groups can be signalled.
 *
 * <p>Not found: a daemon that made its own session and whose ancestors have all ended. Only a cgroup holds on to those.
 */
final class TaskTree {
    private TaskTree() {}

    /**
     * The task's processes, zombies included.
     *
     * @param session the pid of the task's first process. It need not live any more: its number is not given to another process
     *     while the session has members
     */
    static List<ProcessStat> of(long session, Collection<ProcessStat> all) {
        Map<Long, List<ProcessStat>> bySession = new HashMap<>();
        Map<Long, List<ProcessStat>> byParent = new HashMap<>();
        for (ProcessStat process : all) {
            bySession
                    .computeIfAbsent(process.session(), key -> new ArrayList<>())
                    .add(process);
            byParent.computeIfAbsent(process.parent(), key -> new ArrayList<>()).add(process);
        }
        List<ProcessStat> members = new ArrayList<>();
        Set<Long> reached = new HashSet<>();
        Set<Long> sessions = new HashSet<>(Set.of(session));
        ArrayDeque<ProcessStat> open = new ArrayDeque<>(bySession.getOrDefault(session, List.of()));
        while (!open.isEmpty()) {
            ProcessStat process = open.remove();
            if (!reached.add(process.pid())) {
                continue;
            }
            members.add(process);
            open.addAll(byParent.getOrDefault(process.pid(), List.of()));
            if (sessions.add(process.session())) {
                open.addAll(bySession.getOrDefault(process.session(), List.of()));
            }
        }
        return members;
    }
}
