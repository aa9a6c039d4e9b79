/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class TaskTreeTest {
    @Test
    void sessionsThatDescendantsMadeBelongToTheTask() {
        List<ProcessStat> all = List.of(
                process(10, 1, 10), // the task
                process(11, 10, 10),
                process(12, 11, 12), // made a session
                process(13, 1, 12), // orphan in that session
                process(14, 1, 10), // orphan in the task's session
                process(15, 14, 15), // its child in a session of its own
                process(20, 1, 20), // somebody else
                process(21, 20, 20));
        assertThat(pids(TaskTree.of(10, all))).containsExactlyInAnyOrder(10L, 11L, 12L, 13L, 14L, 15L);
    }

    @Test
    void aReusedPidInAnotherSessionIsNotTheTask() {
        List<ProcessStat> all = List.of(process(10, 1, 5), process(11, 10, 5), process(12, 1, 10));
        assertThat(pids(TaskTree.of(10, all))).containsExactly(12L);
    }

    @Test
    void aTaskWithoutProcessesIsEmpty() {
        assertThat(TaskTree.of(10, List.of(process(11, 1, 11)))).isEmpty();
    }

    @Property(tries = 2000)
    void agreesWithThePlainModel(@ForAll("tables") List<ProcessStat> all) {
        assertThat(pids(TaskTree.of(1, all))).doesNotHaveDuplicates();
        assertThat(Set.copyOf(pids(TaskTree.of(1, all)))).isEqualTo(plainModel(1, all));
    }

    /** Takes in whoever is related to a member, until nobody new comes. */
    private static Set<Long> plainModel(long session, List<ProcessStat> all) {
        Set<Long> members = new HashSet<>();
        boolean grown = true;
        while (grown) {
            Set<Long> sessions = all.stream()
                    .filter(process -> members.contains(process.pid()))
                    .map(ProcessStat::session)
                    .collect(Collectors.toSet());
            sessions.add(session);
            grown = false;
            for (ProcessStat process : all) {
                if (sessions.contains(process.session()) || members.contains(process.parent())) {
                    grown |= members.add(process.pid());
                }
            }
        }
        return members;
    }

    /** Any relations at all, also impossible ones such as circles. */
    @Provide
    Arbitrary<List<ProcessStat>> tables() {
        Arbitrary<Long> ids = Arbitraries.longs().between(1, 12);
        return Combinators.combine(ids, ids)
                .as((parent, session) -> process(0, parent, session))
                .list()
                .ofSize(12)
                .map(TaskTreeTest::numbered);
    }

    private static List<ProcessStat> numbered(List<ProcessStat> drafts) {
        List<ProcessStat> table = new ArrayList<>();
        for (ProcessStat draft : drafts) {
            table.add(process(table.size() + 1L, draft.parent(), draft.session()));
        }
        return table;
    }

    private static List<Long> pids(List<ProcessStat> processes) {
        return processes.stream().map(ProcessStat::pid).toList();
    }

    private static ProcessStat process(long pid, long parent, long session) {
        return new ProcessStat(pid, 'S', parent, session, session, 1, pid, 0);
    }
}
